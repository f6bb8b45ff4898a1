import { tests } from "@vms-tooling/config/vitest";

export default tests({
  isolatedFiles: [
    "test/like-fetch/like-fetch.test.ts",
    "test/like-fetch/like-node-fetch.test.ts",
    "test/node/file-store/durability.test.ts",
    "test/node/file-store/fencing.test.ts",
  ],
});
