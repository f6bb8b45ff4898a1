import { libraryBuild } from "@vms-tooling/config/tsdown";

export default libraryBuild({ entry: ["src/index.ts", "src/internal.ts"], platform: "node" });
