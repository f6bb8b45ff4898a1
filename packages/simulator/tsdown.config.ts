import { libraryBuild } from "@vms-tooling/config/tsdown";

export default libraryBuild({ entry: ["src/index.ts", "src/node.ts", "src/bin.ts"], platform: "node" });
