import { tests } from "@vms-tooling/config/vitest";

// A build uses all CPUs, so the files run in turn.
export default tests({ hookTimeout: 600_000, fileParallelism: false });
