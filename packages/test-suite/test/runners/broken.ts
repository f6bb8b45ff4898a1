import test from "node:test";
import { memoryStore } from "@vms/core";
import { storeContract } from "../../src/index.ts";

storeContract(test, () => ({ ...memoryStore(), set: async () => {} }));
