import { tests } from "@vms-tooling/config/vitest";

export default tests({ testTimeout: 180_000 });
