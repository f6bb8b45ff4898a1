import type { AdminTokenOptions, AdminTokenServer } from "./admin-token/options.ts";
import { createAdminTokenServer } from "./admin-token/server.ts";
import type { AlertSiteOptions, AlertSiteServer } from "./alertsite/options.ts";
import { createAlertSiteServer } from "./alertsite/server.ts";
import type { AltaOptions, AltaServer } from "./alta/options.ts";
import { createAltaServer } from "./alta/server.ts";
import { type Clock, createClock } from "./clock.ts";
import type { EagleEyeOptions, EagleEyeServer } from "./eagleeye/options.ts";
import { createEagleEyeServer } from "./eagleeye/server.ts";
import type { FindFaceOptions, FindFaceServer } from "./findface/options.ts";
import { createFindFaceServer } from "./findface/server.ts";
import type { VendorServer } from "./vendor-server.ts";

/** Options of each vendor's server, and their common clock. */
export interface SimulatorOptions {
  /** The clock of all servers that have no clock in their own options. Default: a new one. */
  readonly clock?: Clock | undefined;
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

/** The five servers and their clock. */
export interface Simulator {
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
  /** All five servers. */
  readonly all: readonly VendorServer[];
  /** The common clock. */
  readonly clock: Clock;
}

/**
 * Creates all five servers with one clock. It does no I/O: each server has a `fetch` that reaches it in process.
 * @example
 * const { alta } = createSimulator();
 * const { baseUrl, account, fetch } = alta;
 * const session = createAltaSession({ baseUrl, credentials: account, fetch });
 */
export function createSimulator(options: SimulatorOptions = {}): Simulator {
  const clock = options.clock ?? createClock();
  const alta = createAltaServer({ ...options.alta, clock: options.alta?.clock ?? clock });
  const findface = createFindFaceServer({ ...options.findface, clock: options.findface?.clock ?? clock });
  const alertsite = createAlertSiteServer({ ...options.alertsite, clock: options.alertsite?.clock ?? clock });
  const eagleeye = createEagleEyeServer({ ...options.eagleeye, clock: options.eagleeye?.clock ?? clock });
  const adminToken = createAdminTokenServer({ ...options.adminToken, clock: options.adminToken?.clock ?? clock });
  return {
    alta,
    findface,
    alertsite,
    eagleeye,
    adminToken,
    all: [alta, findface, alertsite, eagleeye, adminToken],
    clock,
  };
}
