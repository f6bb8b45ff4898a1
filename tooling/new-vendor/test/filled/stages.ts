// The contract, with one place at a time as the generator left it. Prints which clauses fail, and with what.
import { createSession } from "@vms/core/flow";
import { type ContractServer, flowContract, type MakeSession } from "@vms/test-suite";
import { acmeCamFlow as written } from "./src/flow.ts";
import { type AcmeCamSettings, parseOptions } from "./src/options.ts";
import { createAcmeCamServer } from "./test/server.ts";
import { acmeCamFlow as unwritten } from "./unwritten/src/flow.ts";
import { createAcmeCamServer as unwrittenServer } from "./unwritten/test/server.ts";
import { acmeCamFlow as withoutErrors } from "./without-errors/flow.ts";

type Flow = ReturnType<typeof written>;

function session(flowOf: (settings: AcmeCamSettings) => Flow): MakeSession {
  return (options) => {
    const { settings, common } = parseOptions(options);
    return createSession(flowOf(settings), common);
  };
}

/** A part of the written flow, replaced by what it was before. */
function without(part: "login" | "authorize" | "logout"): MakeSession {
  return session((settings) => ({ ...written(settings), [part]: unwritten(settings)[part] }));
}

const stages: Readonly<Record<string, readonly [MakeSession, () => ContractServer]>> = {
  login: [without("login"), createAcmeCamServer],
  authorize: [without("authorize"), createAcmeCamServer],
  logout: [without("logout"), createAcmeCamServer],
  errors: [session(withoutErrors), createAcmeCamServer],
  server: [session(written), unwrittenServer],
};

async function failing(make: MakeSession, server: () => ContractServer): Promise<Record<string, string>> {
  const failed = new Map<string, string>();
  const running: Promise<unknown>[] = [];
  const test = (name: string, prove: () => Promise<void> | void): void => {
    const proof = (async () => prove())();
    running.push(proof.catch((error: unknown) => failed.set(name, String(error))));
  };
  flowContract(test, make, server, { timeout: 25_000 });
  await Promise.all(running);
  return Object.fromEntries(failed);
}

const all = Object.entries(stages).map(async ([name, [make, server]]) => [name, await failing(make, server)] as const);
process.stdout.write(JSON.stringify(Object.fromEntries(await Promise.all(all))));
