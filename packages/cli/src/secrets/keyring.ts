import { interrupted, isInterrupt, STOP_SIGNALS } from "../command-line/interrupt.ts";
import { CliError } from "../errors/cli-error.ts";
import { EXIT } from "../errors/exit-codes.ts";
import type { Keyring } from "../system/keyring.ts";
import type { KeyringReport, KeyringRequest } from "../system/keyring-messages.ts";
import type { KeyringProcess } from "../system/start-keyring.ts";
import type { Signals } from "../system/system.ts";

/** How long each step of a request may take, in ms. */
const LIMITS: Readonly<Record<"start" | Exclude<KeyringReport["kind"], "done" | "failed">, number>> = {
  /** The start of the process, on a slow machine. */
  start: 10_000,
  /** The session bus answers at once or never. */
  received: 2000,
  /** A person may have to unlock the keyring, on a screen that nobody sees. */
  opened: 60_000,
};

/** After how long without a request the process ends, in ms. */
const IDLE = 10_000;

/**
 * The keyring of a run. One process serves its requests, one after the other. After a failure the keyring is not asked
 * again, so that a silent session bus delays a run only once.
 */
export function createKeyring(start: () => KeyringProcess, signals: Signals): Keyring {
  let running: KeyringProcess | undefined;
  let failure: Error | undefined;
  let idle: NodeJS.Timeout | undefined;
  let last: Promise<unknown> = Promise.resolve();

  function end(): void {
    running?.end();
    running = undefined;
  }

  async function askNow(request: KeyringRequest): Promise<string | undefined> {
    clearTimeout(idle);
    if (failure !== undefined) throw failure;
    try {
      running ??= start();
      const secret = await answer(running, request, signals);
      idle = setTimeout(end, IDLE).unref();
      return secret;
    } catch (error) {
      failure = isInterrupt(error) ? (error as Error) : keyringUnavailable();
      end();
      throw failure;
    }
  }

  function ask(request: KeyringRequest): Promise<string | undefined> {
    const asked = last.then(() => askNow(request));
    last = asked.catch(() => {});
    return asked;
  }

  return {
    get: (name) => ask({ kind: "get", name }),
    set: async (name, secret) => void (await ask({ kind: "set", name, secret })),
    delete: async (name) => void (await ask({ kind: "delete", name })),
  };
}

/** Waits for the answer to a request, until a step takes too long, the process ends, or a signal arrives. */
async function answer(child: KeyringProcess, request: KeyringRequest, signals: Signals): Promise<string | undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<string | undefined>();
  const fail = () => reject(keyringUnavailable());
  const stop = (signal: NodeJS.Signals) => reject(interrupted(signal));
  let timer = setTimeout(fail, LIMITS.start);
  const follow = (report: KeyringReport) => {
    if (report.kind === "failed") return fail();
    if (report.kind === "done") return resolve(report.secret);
    clearTimeout(timer);
    timer = setTimeout(fail, LIMITS[report.kind]);
  };
  child.on("message", follow);
  child.on("exit", fail);
  child.on("error", fail);
  for (const signal of STOP_SIGNALS) signals.on(signal, stop);
  try {
    child.send(request);
    return await promise;
  } finally {
    clearTimeout(timer);
    for (const signal of STOP_SIGNALS) signals.off(signal, stop);
    child.off("message", follow);
    child.off("exit", fail);
    child.off("error", fail);
  }
}

/** The error for a keyring that does not answer, or not with what was stored. */
export function keyringUnavailable(): CliError {
  return new CliError(
    EXIT.failed,
    "no keyring works on this system: none is installed, it is locked, or nobody is signed in to a desktop.",
    "Unlock it. To save the password in a file instead, as clear text: --insecure-storage",
  );
}
