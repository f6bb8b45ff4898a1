// The list is of the workspace, so that a new vendor is added once. It is bundled.
export { isVendor, type VendorName, vendorNames, vendors } from "@vms-tooling/vendors";
