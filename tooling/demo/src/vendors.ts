import { createAdminTokenSession } from "@vms/admin-token";
import { createAlertSiteSession } from "@vms/alertsite";
import { createAltaSession } from "@vms/alta";
import type { Session, SessionOptions } from "@vms/core";
import { createEagleEyeSession } from "@vms/eagleeye";
import { createFindFaceSession } from "@vms/findface";
import type { Simulator } from "@vms/simulator";

/** The options of any vendor's session that the main job sets. */
export interface VendorOptions extends SessionOptions {
  readonly baseUrl: string;
  /** For Eagle Eye only. */
  readonly apiKey?: string;
}

/** What the main job knows of a vendor. */
export interface Vendor {
  readonly key: keyof Pick<Simulator, "alta" | "findface" | "alertsite" | "eagleeye" | "adminToken">;
  readonly name: string;
  /** The prefix of the environment variables of a real deployment. */
  readonly environment: string;
  readonly signsIn: string;
  readonly credentialGoes: string;
  /** Whether signing out also ends the session at the vendor. */
  readonly endsAtVendor: boolean;
  readonly firstCall: string;
  readonly create: (options: VendorOptions) => Session;
}

export const vendors: readonly Vendor[] = [
  {
    key: "alta",
    name: "Avigilon Alta",
    environment: "VMS_ALTA",
    signsIn: "password for a cookie",
    credentialGoes: "Cookie: va",
    endsAtVendor: true,
    firstCall: "api/v1/alarmZones",
    create: createAltaSession,
  },
  {
    key: "findface",
    name: "FindFace Multi",
    environment: "VMS_FINDFACE",
    signsIn: "Basic + device uuid",
    credentialGoes: "Authorization: Token",
    endsAtVendor: true,
    firstCall: "users/me/",
    create: createFindFaceSession,
  },
  {
    key: "alertsite",
    name: "AlertSite",
    environment: "VMS_ALERTSITE",
    signsIn: "password for a session id",
    credentialGoes: "Authorization: Bearer",
    endsAtVendor: false,
    firstCall: "locations",
    create: createAlertSiteSession,
  },
  {
    key: "eagleeye",
    name: "Eagle Eye",
    environment: "VMS_EAGLEEYE",
    signsIn: "authenticate, authorize",
    credentialGoes: "Cookie: auth_key",
    endsAtVendor: true,
    firstCall: "g/device/list",
    create: createEagleEyeSession,
  },
  {
    key: "adminToken",
    name: "AiPix VMS",
    environment: "VMS_ADMIN_TOKEN",
    signsIn: "password for a token",
    credentialGoes: "Authorization: Bearer",
    endsAtVendor: false,
    firstCall: "api/admin/v1/admins?per_page=25&page=1",
    create: createAdminTokenSession,
  },
];
