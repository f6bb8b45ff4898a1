import { memoryStore } from "@vms/core";
import { flowContract, storeContract } from "../../src/index.ts";
import { acme, acmeServer, acmeStated } from "../acme.ts";
import { test } from "./runner.ts";

storeContract(test, memoryStore, { locks: true });
flowContract(test, acme(), acmeServer, acmeStated);
