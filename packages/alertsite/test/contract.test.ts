import { createAlertSiteServer } from "@vms/simulator";
import { flowContract } from "@vms/test-suite";
import { test } from "vitest";
import { createAlertSiteSession } from "../src/index.ts";

flowContract(test, createAlertSiteSession, () => createAlertSiteServer(), { signsOut: false, timeout: 25_000 });
