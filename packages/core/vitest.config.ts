import { tests } from "@vms-tooling/config/vitest";

export default tests({ isolatedFiles: ["test/**/file-durability.test.ts"] });
