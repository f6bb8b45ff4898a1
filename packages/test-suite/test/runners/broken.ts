import { storeContract } from "../../src/index.ts";
import { forgetful } from "./forgetful.ts";
import { test } from "./runner.ts";

storeContract(test, forgetful);
