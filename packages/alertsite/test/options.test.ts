import { testOptions, useNock } from "@vms-tooling/testing";
import { expect, it } from "vitest";
import { createAlertSiteSession } from "../src/index.ts";
import { accepted, onLogin, password, username } from "./vendor.ts";

useNock();

const credentials = { username, password };

testOptions({
  vendor: "alertsite",
  create: createAlertSiteSession,
  valid: { credentials },
  malformed: [
    ["credentials", { credentials: { username } }],
    ["transport", { transport: "cookie" }],
    ["sessionGoneCodes", { sessionGoneCodes: "40" }],
    ["sessionGoneCodes", { sessionGoneCodes: ["0"] }],
    ["sessionGoneCodes", { sessionGoneCodes: [40] }],
    ["sessionGoneCodes", { sessionGoneCodes: ["forty"] }],
  ],
  insecureUrl: "http://alertsite.acme.example",
});

it("the base URL is the vendor's by default, even if it is passed as undefined", async () => {
  onLogin(200, accepted());
  await createAlertSiteSession({ credentials, baseUrl: undefined }).login();
});

it("`sessionGoneCodes` may be empty", () => {
  expect(createAlertSiteSession({ credentials, sessionGoneCodes: [] }).vendor).toBe("alertsite");
});
