import { libraryBuild } from "@vms-tooling/config/tsdown";

export default libraryBuild();
