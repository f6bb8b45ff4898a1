import { createAdminTokenServer } from "@vms/simulator";
import { flowContract } from "@vms/test-suite";
import { test } from "vitest";
import { createAdminTokenSession } from "../src/index.ts";

flowContract(test, createAdminTokenSession, () => createAdminTokenServer(), { signsOut: false, timeout: 25_000 });
