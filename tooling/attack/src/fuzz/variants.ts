import { createAlertSiteSession } from "@vms/alertsite";
import { createEagleEyeSession } from "@vms/eagleeye";
import {
  createAdminTokenServer,
  createAlertSiteServer,
  createAltaServer,
  createEagleEyeServer,
  createFindFaceServer,
} from "@vms/simulator";
import { type Vendor, vendors } from "@vms-tooling/demo/vendors";
import { altaScene, eagleEyeScene, findFaceScene, plainScene, type Scene } from "../ways/scenes.ts";
import { plainWays, type Way } from "../ways/ways.ts";

/** What else the documentation leaves open, beside the usual way that `Way.open` gives. */
const PLAIN: Record<Vendor["key"], (create: Vendor["create"]) => readonly Scene[]> = {
  alta: (create) => [
    plainScene(createAltaServer({ cookieValue: "jwt", rotate: "end-old", maxAge: 3_600 }), create),
    plainScene(createAltaServer({ cookieValue: "opaque", loginStatus: 302, expires: 3_600_000 }), create),
  ],
  findface: (create) => [
    plainScene(createFindFaceServer({ basePath: "/api", timeFormat: "offset", lifetime: 60_000 }), create),
  ],
  alertsite: () => [
    plainScene(createAlertSiteServer({ statusType: "number", errorStatus: 401, echoSession: false }), (options) =>
      createAlertSiteSession({ ...options, transport: "query" }),
    ),
  ],
  eagleeye: () => [
    plainScene(createEagleEyeServer({ cookieName: "both", apiKey: "made-up-api-key" }), (options) =>
      createEagleEyeSession({ ...options, transport: "query", body: "json", apiKey: "made-up-api-key" }),
    ),
  ],
  adminToken: (create) => [
    plainScene(createAdminTokenServer({ expiresAtFormat: "iso", tokenWithPrefix: true }), create),
  ],
};

const FURTHER: Readonly<Record<string, () => readonly Scene[]>> = {
  "Avigilon Alta, with a code by TOTP": () => [
    altaScene({ rotateAtCode: "end-old", wrongCodeStatus: 403, maxAge: 3_600 }),
    altaScene({ loginStatus: 302, cookieValue: "opaque" }),
  ],
  "Avigilon Alta, with a code in the login": () => [],
  "Eagle Eye, with a code by SMS": () => [
    eagleEyeScene({ wrongCodeSpendsToken: true, setsTfaKey: false }),
    eagleEyeScene({ cannotSend: { sms: 412 }, tfaKeyIn: "parameter" }, { tfaKeyIn: "parameter", body: "json" }),
  ],
  "Eagle Eye, on another account": () => [],
  "FindFace Multi, by face and password": () => [findFaceScene("face_and_password", { faceToken: "replaced" })],
  "FindFace Multi, by face": () => [findFaceScene("face", { basePath: "/api", timeFormat: "offset" })],
};

/** The ways in which a vendor may behave, each with a session that fits; the first one is the usual one. */
export function variantsOf(way: Way): readonly Scene[] {
  const vendor = vendors[plainWays.indexOf(way)];
  const others = vendor === undefined ? FURTHER[way.name]?.() : PLAIN[vendor.key](vendor.create);
  if (others === undefined) throw new Error(`${way.name} has no variants`);
  return [way.open(), ...others];
}
