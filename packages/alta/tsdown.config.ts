import { vendorBuild } from "@vms-tooling/config/tsdown";

export default vendorBuild();
