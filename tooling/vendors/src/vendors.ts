import * as adminToken from "@vms/admin-token";
import * as alertSite from "@vms/alertsite";
import * as alta from "@vms/alta";
import * as eagleEye from "@vms/eagleeye";
import * as findFace from "@vms/findface";
import { type Vendor, vendor } from "./vendor.ts";

export type { Vendor };

// The only list of vendor packages, for the command line and the tooling.

/** The vendors' names, as in their packages. */
export type VendorName =
  // In the order of the list below.
  "alta" | "findface" | "alertsite" | "eagleeye" | "admin-token";

/** The vendors by name, in display order. */
export const vendors: Readonly<Record<VendorName, Vendor>> = {
  alta: vendor(alta.describe, alta.createAltaSession),
  findface: vendor(findFace.describe, findFace.createFindFaceSession),
  alertsite: vendor(alertSite.describe, alertSite.createAlertSiteSession),
  eagleeye: vendor(eagleEye.describe, eagleEye.createEagleEyeSession),
  "admin-token": vendor(adminToken.describe, adminToken.createAdminTokenSession),
};

/** The names of all vendors, in display order. */
export const vendorNames: readonly VendorName[] = Object.keys(vendors) as VendorName[];

/** All vendors, in display order. */
export const allVendors: readonly Vendor[] = Object.values(vendors);

export function isVendor(value: unknown): value is VendorName {
  return typeof value === "string" && Object.hasOwn(vendors, value);
}
