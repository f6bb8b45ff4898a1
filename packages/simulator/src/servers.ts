import type { AdminTokenOptions, AdminTokenServer } from "./admin-token/options.ts";
import { createAdminTokenServer } from "./admin-token/server.ts";
import type { AlertSiteOptions, AlertSiteServer } from "./alertsite/options.ts";
import { createAlertSiteServer } from "./alertsite/server.ts";
import type { AltaOptions, AltaServer } from "./alta/options.ts";
import { createAltaServer } from "./alta/server.ts";
import type { EagleEyeOptions, EagleEyeServer } from "./eagleeye/options.ts";
import { createEagleEyeServer } from "./eagleeye/server.ts";
import type { FindFaceOptions, FindFaceServer } from "./findface/options.ts";
import { createFindFaceServer } from "./findface/server.ts";

/** The vendors' servers, by the vendor's name in camel case. */
export interface VendorServers {
  /** Alta's server. */
  readonly alta: AltaServer;
  /** FindFace Multi's server. */
  readonly findface: FindFaceServer;
  /** AlertSite's server. */
  readonly alertsite: AlertSiteServer;
  /** Eagle Eye's server. */
  readonly eagleeye: EagleEyeServer;
  /** The server of the AiPix admin API. */
  readonly adminToken: AdminTokenServer;
}

/** Options of the vendors' servers. */
export interface VendorServerOptions {
  /** Options of Alta's server. Default: none. */
  readonly alta?: AltaOptions | undefined;
  /** Options of FindFace Multi's server. Default: none. */
  readonly findface?: FindFaceOptions | undefined;
  /** Options of AlertSite's server. Default: none. */
  readonly alertsite?: AlertSiteOptions | undefined;
  /** Options of Eagle Eye's server. Default: none. */
  readonly eagleeye?: EagleEyeOptions | undefined;
  /** Options of the server of the AiPix admin API. Default: none. */
  readonly adminToken?: AdminTokenOptions | undefined;
}

/** The name of a vendor's server in a simulator. */
export type VendorKey = keyof VendorServers;

/** The vendors of a simulator. */
export type VendorName = VendorServers[VendorKey]["vendor"];

/** The function that creates each server, in the order in which servers are served and listed. */
export const creators: {
  readonly [Key in VendorKey]: (options: VendorServerOptions[Key]) => VendorServers[Key];
} = {
  alta: createAltaServer,
  findface: createFindFaceServer,
  alertsite: createAlertSiteServer,
  eagleeye: createEagleEyeServer,
  adminToken: createAdminTokenServer,
};

/** The names of all servers. */
export const vendorKeys: readonly VendorKey[] = Object.keys(creators) as VendorKey[];

/** Creates an object with a value for each vendor's server. */
export function forEachVendor<Values extends { readonly [Key in VendorKey]: unknown }>(
  value: <Key extends VendorKey>(key: Key) => Values[Key],
): Pick<Values, VendorKey> {
  return Object.fromEntries(vendorKeys.map((key) => [key, value(key)])) as Pick<Values, VendorKey>;
}
