import * as adminToken from "@vms/admin-token";
import * as alertSite from "@vms/alertsite";
import * as alta from "@vms/alta";
import type { Session, SessionOptions } from "@vms/core";
import type { VendorDescription } from "@vms/core/flow";
import * as eagleEye from "@vms/eagleeye";
import * as findFace from "@vms/findface";

/** A vendor as its package describes it, and how to create its sessions. */
export interface Vendor extends VendorDescription {
  /** The prefix of the environment variables: `<prefix>_URL`, `_USERNAME`, `_PASSWORD`, `_TOTP`. */
  readonly prefix: string;
  /** The environment variables of the options that are secrets, by the options' names. */
  readonly secrets: Readonly<Record<string, string>>;
  /** Creates a session. */
  create(options: SessionOptions & { readonly baseUrl?: string }): Session;
}

export type VendorName = "alta" | "findface" | "alertsite" | "eagleeye" | "admin-token";

export const vendors: Readonly<Record<VendorName, Vendor>> = {
  alta: vendor(alta.describe, alta.createAltaSession),
  findface: vendor(findFace.describe, findFace.createFindFaceSession),
  alertsite: vendor(alertSite.describe, alertSite.createAlertSiteSession),
  eagleeye: vendor(eagleEye.describe, eagleEye.createEagleEyeSession),
  "admin-token": vendor(adminToken.describe, adminToken.createAdminTokenSession),
};

export const vendorNames: readonly VendorName[] = Object.keys(vendors) as VendorName[];

export function isVendor(value: unknown): value is VendorName {
  return typeof value === "string" && Object.hasOwn(vendors, value);
}

function vendor(describe: VendorDescription, create: (options: never) => Session): Vendor {
  const prefix = `VMS_${describe.vendor.replaceAll("-", "_").toUpperCase()}`;
  const secrets = Object.entries(describe.options)
    .filter(([, { type }]) => type === "secret")
    .map(([name]) => [name, `${prefix}_${name.replace(/[A-Z]/g, "_$&").toUpperCase()}`]);
  return {
    ...describe,
    prefix,
    secrets: Object.fromEntries(secrets),
    // The package checks the options itself.
    create: (options) => create(options as never),
  };
}
