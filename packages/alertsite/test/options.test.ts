import { testOptions, useNock } from "@vms-tooling/testing";
import { expect, it } from "vitest";
import { createAlertSiteSession, describe } from "../src/index.ts";
import { accepted, onLogin, password, username } from "./vendor.ts";

useNock();

const credentials = { username, password };

testOptions({
  description: describe,
  create: createAlertSiteSession,
  valid: { credentials },
  malformed: [
    ["credentials", { credentials: { username } }],
    ["transport", { transport: "cookie" }],
    ["expiredSessionCodes", { expiredSessionCodes: "40" }],
    ["expiredSessionCodes", { expiredSessionCodes: ["0"] }],
    ["expiredSessionCodes", { expiredSessionCodes: [40] }],
    ["expiredSessionCodes", { expiredSessionCodes: ["forty"] }],
  ],
  insecureUrl: "http://alertsite.acme.example",
});

it("the base URL is the vendor's by default, even if it is passed as undefined", async () => {
  onLogin(200, accepted());
  await createAlertSiteSession({ credentials, baseUrl: undefined }).login();
});

it("`expiredSessionCodes` can be empty", () => {
  expect(createAlertSiteSession({ credentials, expiredSessionCodes: [] }).vendor).toBe("alertsite");
});
