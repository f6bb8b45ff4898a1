import { describe as adminToken } from "@vms/admin-token";
import { describe as alertSite } from "@vms/alertsite";
import { describe as alta } from "@vms/alta";
import type { Session, SessionOptions } from "@vms/core";
import type { VendorDescription } from "@vms/core/flow";
import { describe as eagleEye } from "@vms/eagleeye";
import { describe as findFace } from "@vms/findface";

/** A vendor as its package describes it, and how to create its sessions. */
export interface Vendor extends VendorDescription {
  /** The prefix of the environment variables: `<prefix>_URL`, `_USERNAME`, `_PASSWORD`, `_TOTP`. */
  readonly prefix: string;
  /** The environment variables of the options that are secrets, by the options' names. */
  readonly secrets: Readonly<Record<string, string>>;
  /** Creates a session. Loads the rest of the package, which most commands do not need. */
  create(options: SessionOptions & { readonly baseUrl?: string }): Promise<Session>;
}

export type VendorName = "alta" | "findface" | "alertsite" | "eagleeye" | "admin-token";

export const vendors: Readonly<Record<VendorName, Vendor>> = {
  alta: vendor(alta, async () => (await import("@vms/alta")).createAltaSession),
  findface: vendor(findFace, async () => (await import("@vms/findface")).createFindFaceSession),
  alertsite: vendor(alertSite, async () => (await import("@vms/alertsite")).createAlertSiteSession),
  eagleeye: vendor(eagleEye, async () => (await import("@vms/eagleeye")).createEagleEyeSession),
  "admin-token": vendor(adminToken, async () => (await import("@vms/admin-token")).createAdminTokenSession),
};

export const vendorNames: readonly VendorName[] = Object.keys(vendors) as VendorName[];

export function isVendor(value: unknown): value is VendorName {
  return typeof value === "string" && Object.hasOwn(vendors, value);
}

function vendor(describe: VendorDescription, load: () => Promise<(options: never) => Session>): Vendor {
  const prefix = `VMS_${describe.vendor.replaceAll("-", "_").toUpperCase()}`;
  const secrets = Object.entries(describe.options)
    .filter(([, { type }]) => type === "secret")
    .map(([name]) => [name, `${prefix}_${name.replace(/[A-Z]/g, "_$&").toUpperCase()}`]);
  return {
    ...describe,
    prefix,
    secrets: Object.fromEntries(secrets),
    // The package checks the options itself.
    create: async (options) => (await load())(options as never),
  };
}
