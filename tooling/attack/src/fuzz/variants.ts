import { createAlertSiteSession } from "@vms/alertsite";
import { createEagleEyeSession } from "@vms/eagleeye";
import {
  createAdminTokenServer,
  createAlertSiteServer,
  createAltaServer,
  createEagleEyeServer,
  createFindFaceServer,
} from "@vms/simulator";
import type { Vendor } from "@vms-tooling/vendors";
import { altaFixture, eagleEyeFixture, type Fixture, findFaceFixture, plainFixture } from "../sign-ins/fixtures.ts";
import type { SignIn } from "../sign-ins/sign-ins.ts";

/** Variants of undocumented behavior, in addition to the default of `SignIn.open`. */
const PLAIN: Readonly<Record<string, (create: Vendor["create"]) => readonly Fixture[]>> = {
  alta: (create) => [
    plainFixture(createAltaServer({ cookieValue: "jwt", rotate: "end-old", maxAge: 3_600 }), create),
    plainFixture(createAltaServer({ cookieValue: "opaque", loginStatus: 302, expires: 3_600_000 }), create),
  ],
  findface: (create) => [
    plainFixture(createFindFaceServer({ basePath: "/api", timeFormat: "offset", lifetime: 60_000 }), create),
  ],
  alertsite: () => [
    plainFixture(createAlertSiteServer({ statusType: "number", errorStatus: 401, echoSession: false }), (options) =>
      createAlertSiteSession({ ...options, transport: "query" }),
    ),
  ],
  eagleeye: () => [
    plainFixture(createEagleEyeServer({ cookieName: "both", apiKey: "made-up-api-key" }), (options) =>
      createEagleEyeSession({ ...options, transport: "query", body: "json", apiKey: "made-up-api-key" }),
    ),
  ],
  "admin-token": (create) => [
    plainFixture(createAdminTokenServer({ expiresAtFormat: "iso", tokenWithPrefix: true }), create),
  ],
};

const FURTHER: Readonly<Record<string, () => readonly Fixture[]>> = {
  "Avigilon Alta with a TOTP code": () => [
    altaFixture({ rotateAtCode: "end-old", wrongCodeStatus: 403, maxAge: 3_600 }),
    altaFixture({ loginStatus: 302, cookieValue: "opaque" }),
  ],
  "Eagle Eye with a code by SMS": () => [
    eagleEyeFixture({ wrongCodeSpendsToken: true, setsTfaKey: false }),
    eagleEyeFixture(
      { cannotSend: { sms: 412 }, rememberTokenPlacement: "parameter" },
      { rememberTokenPlacement: "parameter", body: "json" },
    ),
  ],
  "FindFace Multi by face and password": () => [findFaceFixture("face_and_password", { faceToken: "replaced" })],
  "FindFace Multi by face": () => [findFaceFixture("face", { basePath: "/api", timeFormat: "offset" })],
};

/** The variants of a vendor, each with a matching session. The first one is the default. */
export function variantsOf(signIn: SignIn): readonly Fixture[] {
  const { name, vendor } = signIn;
  const others = vendor === undefined ? FURTHER[name]?.() : PLAIN[vendor.vendor]?.(vendor.create);
  return [signIn.open(), ...(others ?? [])];
}
