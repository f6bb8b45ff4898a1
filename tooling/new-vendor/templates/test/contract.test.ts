import { createYourVendorServer } from "@vms/simulator";
import { flowContract } from "@vms/test-suite";
import { test } from "vitest";
import { createYourVendorSession } from "../src/index.ts";

// Write this: what the vendor documents about its sessions (`lifetime`, `extends`, `rotates`, `resumes`, `outlives`), and
// calls of the simulator in place of the reasons.
flowContract(test, createYourVendorSession, () => createYourVendorServer(), {
  timeout: 25_000,
  cannot: {
    calls: "the simulator has one call",
    post: "the simulator has no POST of data",
    forbiddenCall: "the simulator has no roles",
  },
});
