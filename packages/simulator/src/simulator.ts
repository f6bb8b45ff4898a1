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
  readonly clock?: Clock | undefined;
  readonly alta?: AltaOptions | undefined;
  readonly findface?: FindFaceOptions | undefined;
  readonly alertsite?: AlertSiteOptions | undefined;
  readonly eagleeye?: EagleEyeOptions | undefined;
  readonly adminToken?: AdminTokenOptions | undefined;
}

/** The five servers. */
export interface Simulator {
  readonly alta: AltaServer;
  readonly findface: FindFaceServer;
  readonly alertsite: AlertSiteServer;
  readonly eagleeye: EagleEyeServer;
  readonly adminToken: AdminTokenServer;
  readonly all: readonly VendorServer[];
  readonly clock: Clock;
}

/** Creates all five servers with one clock. */
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
