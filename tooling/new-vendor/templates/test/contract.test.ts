import { flowContract } from "@vms/test-suite";
import { test } from "vitest";
import { createYourVendorSession } from "../src/index.ts";
import { createYourVendorServer } from "./server.ts";

flowContract(test, createYourVendorSession, createYourVendorServer, { timeout: 25_000 });
