import { createEagleEyeServer } from "@vms/simulator";
import { flowContract } from "@vms/test-suite";
import { test } from "vitest";
import { createEagleEyeSession } from "../src/index.ts";

flowContract(test, createEagleEyeSession, () => createEagleEyeServer(), { timeout: 25_000 });
