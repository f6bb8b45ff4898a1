import { tests } from "@vms-tooling/config/vitest";

// A test starts several programs, some of which compile or bundle.
export default tests({ testTimeout: 180_000 });
