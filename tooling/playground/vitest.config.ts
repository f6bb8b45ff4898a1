import { tests } from "@vms-tooling/config/vitest";

export default tests();
