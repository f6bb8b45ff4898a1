import { equal, ok, rejects } from "node:assert/strict";
import { isVmsError } from "@vms/core";
import type { RunningServer } from "../servers/running-server.ts";
import { type Check, firstCallOf, optionsOf } from "./check.ts";

/** A server that locks a client after failed logins. */
export interface Lock {
  readonly sentence: string;
  /** The number of wrong passwords that lock. */
  readonly wrong: number;
  /** The duration of the lock, in ms. */
  readonly lasts: number;
  /** Starts a server without failed logins. */
  start(resources: AsyncDisposableStack): Promise<RunningServer>;
}

/** Checks that a flow detects a lock and sends nothing during it, because each attempt would extend the lock. */
export function lockCheck({ sentence, wrong, lasts, start }: Lock): Check {
  return {
    sentence,
    async prove({ makeSession }) {
      await using resources = new AsyncDisposableStack();
      const server = await start(resources);
      for (let i = 0; i < wrong; i++) {
        const credentials = { ...server.account, password: `invented-and-wrong-${i}` };
        await rejects(makeSession({ ...optionsOf(server), credentials }).login(), { code: "invalid_credentials" });
      }
      const sent = () => server.counts.attempts + server.counts.calls;
      const before = sent();
      const session = makeSession(optionsOf(server));
      for (let i = 0; i < 10; i++) {
        await rejects(session.fetch(...firstCallOf(server)), (error) => {
          ok(isVmsError(error) && error.code === "rate_limited", "the error should be `rate_limited`.");
          ok(Math.abs((error.retryAfter ?? 0) - lasts) < 60_000, "`retryAfter` should be the time of the lock.");
          return true;
        });
      }
      equal(sent() - before, 1, "requests that were sent during the lock");
    },
  };
}
