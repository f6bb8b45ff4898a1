import { createAdminTokenSession } from "@vms/admin-token";
import { createAlertSiteSession } from "@vms/alertsite";
import { createAltaSession } from "@vms/alta";
import type { SessionOptions } from "@vms/core";
import { createEagleEyeSession } from "@vms/eagleeye";
import { createFindFaceSession } from "@vms/findface";
import {
  type Clock,
  createAdminTokenServer,
  createAlertSiteServer,
  createAltaServer,
  createEagleEyeServer,
  createFindFaceServer,
  createSimulator,
} from "@vms/simulator";
import { allVendors, type Vendor } from "@vms-tooling/vendors";
import { altaFixture, eagleEyeFixture, type Fixture, findFaceFixture, plainFixture } from "../sign-ins/fixtures.ts";
import type { Life } from "./model.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A kind of session: a vendor and a lifetime. */
export interface Kind {
  readonly name: string;
  readonly life: Life;
  /** More options of the session. */
  readonly options: Partial<SessionOptions>;
  readonly open: (clock: Clock) => Fixture;
}

/** The lifetimes of the vendors' sessions. */
const BY_VENDOR: Readonly<Record<string, readonly Kind[]>> = {
  alta: [
    {
      name: "Alta, Max-Age of 8 h",
      life: { lifetime: 8 * HOUR },
      options: {},
      open: (clock) =>
        plainFixture(createAltaServer({ clock, maxAge: (8 * HOUR) / 1000, lifetime: 8 * HOUR }), createAltaSession),
    },
  ],
  findface: [
    {
      name: "FindFace, 180 days",
      life: { lifetime: 180 * DAY },
      options: {},
      open: (clock) => plainFixture(createFindFaceServer({ clock }), createFindFaceSession),
    },
    {
      name: "FindFace, 6 h, renewed 30 min before",
      life: { lifetime: 6 * HOUR, early: 30 * MINUTE },
      options: { renewBefore: 30 * MINUTE },
      open: (clock) => plainFixture(createFindFaceServer({ clock, lifetime: 6 * HOUR }), createFindFaceSession),
    },
  ],
  alertsite: [
    {
      name: "AlertSite, 15 min idle",
      life: { idle: 15 * MINUTE },
      options: {},
      open: (clock) => plainFixture(createAlertSiteServer({ clock }), createAlertSiteSession),
    },
  ],
  eagleeye: [
    {
      name: "Eagle Eye, lifetime of 8 h, idle of 6 h",
      life: { lifetime: 8 * HOUR, idle: 6 * HOUR },
      options: { lifetime: 8 * HOUR, idleTimeout: 6 * HOUR },
      open: (clock) =>
        plainFixture(createEagleEyeServer({ clock, lifetime: 8 * HOUR, idleTimeout: 6 * HOUR }), createEagleEyeSession),
    },
  ],
  "admin-token": [
    {
      name: "AiPix VMS, 24 h",
      life: { lifetime: DAY },
      options: {},
      open: (clock) => plainFixture(createAdminTokenServer({ clock }), createAdminTokenSession),
    },
  ],
};

/** A vendor whose lifetimes are not listed, with sessions of 8 h. */
function usualKind({ title, key, create }: Vendor): Kind {
  const lifetime = 8 * HOUR;
  return {
    name: `${title}, 8 h`,
    life: { lifetime },
    options: { lifetime },
    open: (clock) => plainFixture(createSimulator({ clock, [key]: { lifetime } })[key], create),
  };
}

/** Sessions by a password. */
export const plainKinds: readonly Kind[] = allVendors.flatMap(
  (vendor) => BY_VENDOR[vendor.vendor] ?? [usualKind(vendor)],
);

/** Sessions with a second factor that need a person never, or only once. */
export const secondFactorKinds: readonly Kind[] = [
  {
    name: "Alta, a code at each login, Max-Age of 8 h",
    life: { lifetime: 8 * HOUR, asks: "always" },
    options: {},
    open: (clock) => altaFixture({ clock, maxAge: (8 * HOUR) / 1000, lifetime: 8 * HOUR }),
  },
  {
    name: "Eagle Eye, a code at the first login, lifetime of 8 h",
    life: { lifetime: 8 * HOUR, asks: "once" },
    options: { lifetime: 8 * HOUR },
    open: (clock) => eagleEyeFixture({ clock, lifetime: 8 * HOUR }),
  },
  {
    name: "FindFace, extended by a face, 6 h",
    life: { lifetime: 6 * HOUR, asks: "always", prolonged: true },
    options: {},
    open: (clock) => findFaceFixture("face", { clock, lifetime: 6 * HOUR }),
  },
];

export const kinds: readonly Kind[] = [...plainKinds, ...secondFactorKinds];
