import { testOptions } from "@vms-tooling/testing";
import { createYourVendorSession, describe } from "../src/index.ts";
import { host, password, username } from "./documented.ts";

testOptions({
  description: describe,
  create: createYourVendorSession,
  valid: { baseUrl: host, credentials: { username, password } },
  malformed: [["baseUrl", { baseUrl: undefined }]],
});
