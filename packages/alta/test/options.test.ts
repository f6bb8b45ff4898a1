import { testOptions } from "@vms-tooling/testing";
import { createAltaSession, describe } from "../src/index.ts";
import { host, password, username } from "./vendor.ts";

testOptions({
  description: describe,
  create: createAltaSession,
  valid: { baseUrl: host, credentials: { username, password } },
  malformed: [
    ["baseUrl", { baseUrl: undefined }],
    ["totpPlacement", { totpPlacement: "body" }],
  ],
});
