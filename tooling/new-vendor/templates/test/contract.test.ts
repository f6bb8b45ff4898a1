import { createYourVendorServer } from "@vms/simulator";
import { flowContract } from "@vms/test-suite";
import { test } from "vitest";
import { createYourVendorSession } from "../src/index.ts";

// Write this: what the vendor's page says about its sessions (`lifetime`, `extends`, `rotates`, `resumes`, `outlives`), and
// instead of a reason the calls that the simulator answers.
flowContract(test, createYourVendorSession, () => createYourVendorServer(), {
  timeout: 25_000,
  cannot: {
    calls: "the simulator answers one call",
    post: "the simulator answers no POST of data",
    forbiddenCall: "the simulator has no roles",
  },
});
