import { testOptions } from "@vms-tooling/testing";
import { createAdminTokenSession, describe } from "../src/index.ts";
import { host, password, username } from "./vendor.ts";

testOptions({
  description: describe,
  create: createAdminTokenSession,
  valid: { baseUrl: host, credentials: { username, password } },
  malformed: [
    ["baseUrl", { baseUrl: undefined }],
    ["password", { credentials: { username, password: 1 } }],
    ["timeZone", { timeZone: "Mars/Olympus" }],
    ["timeZone", { timeZone: "" }],
    ["timeZone", { timeZone: 3 }],
  ],
});
