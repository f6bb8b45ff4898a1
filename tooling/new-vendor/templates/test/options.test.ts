import { testOptions } from "@vms-tooling/testing";
import { createYourVendorSession } from "../src/index.ts";
import { host, password, username } from "./documented.ts";

testOptions({
  vendor: "your-vendor",
  create: createYourVendorSession,
  valid: { baseUrl: host, credentials: { username, password } },
  malformed: [["baseUrl", { baseUrl: undefined }]],
});
