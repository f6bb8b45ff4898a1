import { createAltaServer } from "@vms/simulator";
import { flowContract } from "@vms/test-suite";
import { test } from "vitest";
import { createAltaSession } from "../src/index.ts";

flowContract(test, createAltaSession, () => createAltaServer(), { timeout: 25_000 });
