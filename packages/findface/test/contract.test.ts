import { createFindFaceServer } from "@vms/simulator";
import { flowContract } from "@vms/test-suite";
import { test } from "vitest";
import { createFindFaceSession } from "../src/index.ts";

flowContract(test, createFindFaceSession, () => createFindFaceServer(), { timeout: 25_000 });
