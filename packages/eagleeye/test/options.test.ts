import { testOptions, useNock } from "@vms-tooling/testing";
import { it } from "vitest";
import { createEagleEyeSession, describe } from "../src/index.ts";
import { apiKey, onLogin, password, username } from "./vendor.ts";

useNock();

const credentials = { username, password };

testOptions({
  description: describe,
  create: createEagleEyeSession,
  valid: { credentials },
  malformed: [
    ["body", { body: "xml" }],
    ["transport", { transport: "header" }],
    ["rememberTokenPlacement", { rememberTokenPlacement: "query" }],
    ["realm", { realm: "" }],
    ["apiKey", { apiKey: "" }],
    ["apiKey", { apiKey: `${apiKey}\r\nx: y` }],
    ["apiKeyHeader", { apiKeyHeader: "X-Api-Key: KEY" }],
    ["apiKeyHeader", { apiKeyHeader: "authorization: key" }],
    ["account", { account: "" }],
    ["account", { account: 4207 }],
  ],
  insecureUrl: "http://login.eagleeyenetworks.com",
});

it("the base URL is the vendor's by default, even if options are passed as undefined", async () => {
  onLogin();
  const unset = { baseUrl: undefined, realm: undefined, apiKey: undefined };
  await createEagleEyeSession({ credentials, ...unset }).login();
});
