// Makes one call with a shared session, and reads a code from its input if one is required.
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileStore } from "@vms/core/node";
import { createEagleEyeSession } from "../../src/index.ts";

const { baseUrl, credentials, directory } = JSON.parse(process.argv[2] ?? "");
const say = (line: string) => void process.stdout.write(`${line}\n`);
const input = createInterface({ input: process.stdin });

const session = createEagleEyeSession({
  baseUrl,
  credentials,
  store: fileStore({ directory }),
  secondFactor: async ({ attempt, sent = "sms" }) => {
    say(`asked ${attempt} by ${sent}`);
    const [code] = await once(input, "line");
    return { method: sent, code: String(code) };
  },
});
session.on("store_failed", ({ error }) => say(`store failed: ${error.message}`));
session.on("login", ({ from }) => say(`signed in from ${from}`));
say("calling");
const { status } = await session.fetch("g/user");
say(`answered ${status}`);
input.close();
process.stdin.destroy();
