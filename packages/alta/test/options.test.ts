import { testOptions } from "@vms-tooling/testing";
import { createAltaSession } from "../src/index.ts";
import { host, password, username } from "./vendor.ts";

testOptions({
  vendor: "alta",
  create: createAltaSession,
  valid: { baseUrl: host, credentials: { username, password } },
  malformed: [
    ["baseUrl", { baseUrl: undefined }],
    ["totpPlacement", { totpPlacement: "body" }],
    ["secondFactor", { totpPlacement: "login" }],
  ],
});
