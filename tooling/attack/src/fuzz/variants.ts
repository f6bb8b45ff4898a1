import { createAlertSiteSession } from "@vms/alertsite";
import { createEagleEyeSession } from "@vms/eagleeye";
import {
  createAdminTokenServer,
  createAlertSiteServer,
  createAltaServer,
  createEagleEyeServer,
  createFindFaceServer,
  type VendorServer,
} from "@vms/simulator";
import type { Vendor } from "@vms-tooling/demo/vendors";

/** A vendor in one of the ways in which it may behave, and a session that fits. */
export interface Variant {
  readonly server: VendorServer;
  readonly create: Vendor["create"];
}

/** The ways that the documentation leaves open; the first one is the usual one. */
export function variantsOf({ key, create }: Vendor): readonly Variant[] {
  switch (key) {
    case "alta":
      return [
        { server: createAltaServer(), create },
        { server: createAltaServer({ cookieValue: "jwt", rotate: "end-old", maxAge: 3_600 }), create },
        { server: createAltaServer({ cookieValue: "opaque", loginStatus: 302, expires: 3_600_000 }), create },
      ];
    case "findface":
      return [
        { server: createFindFaceServer(), create },
        { server: createFindFaceServer({ basePath: "/api", timeFormat: "offset", lifetime: 60_000 }), create },
      ];
    case "alertsite":
      return [
        { server: createAlertSiteServer(), create },
        {
          server: createAlertSiteServer({ statusType: "number", errorStatus: 401, echoSession: false }),
          create: (options) => createAlertSiteSession({ ...options, transport: "query" }),
        },
      ];
    case "eagleeye":
      return [
        { server: createEagleEyeServer(), create },
        {
          server: createEagleEyeServer({ cookieName: "both", apiKey: "made-up-api-key" }),
          create: (options) =>
            createEagleEyeSession({ ...options, transport: "query", body: "json", apiKey: "made-up-api-key" }),
        },
      ];
    case "adminToken":
      return [
        { server: createAdminTokenServer(), create },
        { server: createAdminTokenServer({ expiresAtFormat: "iso", tokenWithPrefix: true }), create },
      ];
  }
}
