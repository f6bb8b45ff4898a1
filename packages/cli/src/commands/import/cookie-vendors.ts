import { type VendorName, vendorNames, vendors } from "../../profiles/vendors.ts";

/** The vendors whose sessions are cookies, so that they can be imported. */
export const cookieVendors: readonly VendorName[] = vendorNames.filter((name) => vendors[name].sessionCookies);
