import type { Session, SessionOptions } from "@vms/core";

/** What `vms` knows about a vendor. The vendor's package is loaded only when one of its sessions is opened. */
export interface Vendor {
  readonly title: string;
  /** An example of a URL; absent if the vendor has one URL for all customers. */
  readonly urlExample?: string;
  /** The host of vendors that have one URL for all customers. */
  readonly host?: string;
  /** The prefix of the environment variables: `<prefix>_URL`, `_USERNAME`, `_PASSWORD`, `_TOTP`. */
  readonly prefix: string;
  /** The vendor has no sign-out: its sessions last until they expire. */
  readonly noSignOut?: true;
  /** The path of a harmless call that every account may make. */
  readonly firstCall: string;
  /** Creates a session with the vendor's package. */
  create(options: SessionOptions & { readonly baseUrl?: string }): Promise<Session>;
}

export type VendorName = "alta" | "findface" | "alertsite" | "eagleeye" | "admin-token";

type WithUrl = SessionOptions & { readonly baseUrl: string };

export const vendors: Readonly<Record<VendorName, Vendor>> = {
  alta: {
    title: "Avigilon Alta Video",
    urlExample: "https://<deployment>.<region>.alta.avigilon.com",
    prefix: "VMS_ALTA",
    firstCall: "api/v1/alarmZones",
    create: async (options) => (await import("@vms/alta")).createAltaSession(options as WithUrl),
  },
  findface: {
    title: "NtechLab FindFace Multi",
    urlExample: "https://<host>",
    prefix: "VMS_FINDFACE",
    firstCall: "users/me/",
    create: async (options) => (await import("@vms/findface")).createFindFaceSession(options as WithUrl),
  },
  alertsite: {
    title: "SmartBear AlertSite",
    host: "www.alertsite.com",
    noSignOut: true,
    prefix: "VMS_ALERTSITE",
    firstCall: "locations",
    create: async (options) => (await import("@vms/alertsite")).createAlertSiteSession(options),
  },
  eagleeye: {
    title: "Eagle Eye Networks",
    host: "login.eagleeyenetworks.com",
    prefix: "VMS_EAGLEEYE",
    firstCall: "g/user",
    create: async (options) => (await import("@vms/eagleeye")).createEagleEyeSession(options),
  },
  "admin-token": {
    title: "AiPix VMS, Admin API",
    urlExample: "https://<host>",
    noSignOut: true,
    prefix: "VMS_ADMIN_TOKEN",
    firstCall: "api/admin/v1/admins?per_page=1&page=1",
    create: async (options) => (await import("@vms/admin-token")).createAdminTokenSession(options as WithUrl),
  },
};

export const vendorNames: readonly VendorName[] = Object.keys(vendors) as VendorName[];

export function isVendor(value: unknown): value is VendorName {
  return typeof value === "string" && Object.hasOwn(vendors, value);
}
