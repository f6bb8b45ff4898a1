import { equal, ok, rejects } from "node:assert/strict";
import { isVmsError } from "@vms/core";
import type { RunningServer } from "../servers/running-server.ts";
import { type Check, firstCallOf, optionsOf } from "./check.ts";

/** A server that locks those who fail to sign in. */
export interface Lock {
  readonly sentence: string;
  /** How many wrong passwords lock. */
  readonly wrong: number;
  /** How long, in ms. */
  readonly lasts: number;
  /** Starts a server that nobody has failed to sign in to. */
  start(resources: AsyncDisposableStack): Promise<RunningServer>;
}

/** Checks that a lock is noticed, and that nothing is sent during it: each attempt would make it longer. */
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
          ok(isVmsError(error) && error.code === "rate_limited", "the error should be rate_limited.");
          ok(Math.abs((error.retryAfter ?? 0) - lasts) < 60_000, "`retryAfter` should be the time of the lock.");
          return true;
        });
      }
      equal(sent() - before, 1, "requests that were sent during the lock");
    },
  };
}
