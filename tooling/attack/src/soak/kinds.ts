import { createAdminTokenSession } from "@vms/admin-token";
import { createAlertSiteSession } from "@vms/alertsite";
import { createAltaSession } from "@vms/alta";
import type { Session, SessionOptions } from "@vms/core";
import { createEagleEyeSession } from "@vms/eagleeye";
import { createFindFaceSession } from "@vms/findface";
import {
  type Clock,
  createAdminTokenServer,
  createAlertSiteServer,
  createAltaServer,
  createEagleEyeServer,
  createFindFaceServer,
  type VendorServer,
} from "@vms/simulator";
import type { Life } from "./model.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A kind of session: a vendor with a lifetime. */
export interface Kind {
  readonly name: string;
  readonly life: Life;
  /** Options of the session beside the usual. */
  readonly options: Partial<SessionOptions>;
  readonly serve: (clock: Clock) => VendorServer;
  readonly create: (options: SessionOptions & { readonly baseUrl: string }) => Session;
}

export const kinds: readonly Kind[] = [
  {
    name: "Alta, Max-Age of 8 h",
    life: { lifetime: 8 * HOUR },
    options: {},
    serve: (clock) => createAltaServer({ clock, maxAge: (8 * HOUR) / 1000, lifetime: 8 * HOUR }),
    create: createAltaSession,
  },
  {
    name: "FindFace, 180 days",
    life: { lifetime: 180 * DAY },
    options: {},
    serve: (clock) => createFindFaceServer({ clock }),
    create: createFindFaceSession,
  },
  {
    name: "FindFace, 6 h, renewed 30 min before",
    life: { lifetime: 6 * HOUR, early: 30 * MINUTE },
    options: { renewBefore: 30 * MINUTE },
    serve: (clock) => createFindFaceServer({ clock, lifetime: 6 * HOUR }),
    create: createFindFaceSession,
  },
  {
    name: "AlertSite, 15 min idle",
    life: { idle: 15 * MINUTE },
    options: {},
    serve: (clock) => createAlertSiteServer({ clock }),
    create: createAlertSiteSession,
  },
  {
    name: "Eagle Eye, lifetime of 8 h, idle of 6 h",
    life: { lifetime: 8 * HOUR, idle: 6 * HOUR },
    options: { lifetime: 8 * HOUR, idleTimeout: 6 * HOUR },
    serve: (clock) => createEagleEyeServer({ clock, lifetime: 8 * HOUR, idleTimeout: 6 * HOUR }),
    create: createEagleEyeSession,
  },
  {
    name: "AiPix VMS, 24 h",
    life: { lifetime: DAY },
    options: {},
    serve: (clock) => createAdminTokenServer({ clock }),
    create: createAdminTokenSession,
  },
];
