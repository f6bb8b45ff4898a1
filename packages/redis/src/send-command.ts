import { systemClock, within } from "@vms/core/internal";
import { failure, failureOf } from "./store-failed.ts";

/** How long Redis may take to answer a command, in ms. The client itself waits as long as the connection exists. */
export const COMMAND_TIMEOUT = 2_000;

/** How long later commands fail immediately after an unanswered command, in ms. */
const SILENCE = 5 * COMMAND_TIMEOUT;

interface SendOptions {
  /** How long Redis may take, in ms. Default: `COMMAND_TIMEOUT`. */
  readonly timeout?: number;
  /** Whether to send the command even while Redis is silent, but without waiting. For removals. Default: `false`. */
  readonly always?: boolean;
}

const REACHABLE = "Check that it can be reached.";

/**
 * Sends a command for a key, and waits for the response up to a time limit.
 * @throws {StoreFailed} `store_failed` immediately if Redis has not answered an earlier command for the key, so a caller
 * that sends three commands waits for only one.
 */
export type Send = <T>(key: string, command: () => Promise<T>, options?: SendOptions) => Promise<T>;

export function createSend(): Send {
  const silentUntil = new Map<string, number>();
  return async (key, command, { timeout = COMMAND_TIMEOUT, always = false } = {}) => {
    const silent = performance.now() < (silentUntil.get(key) ?? 0);
    if (silent && !always) throw unanswered();
    const answer = (async () => command())();
    if (silent) {
      answer.catch(() => {});
      throw unanswered();
    }
    return within(systemClock(), timeout, answer.catch(rethrow), () => {
      silentUntil.set(key, performance.now() + SILENCE);
      const heard = () => silentUntil.delete(key);
      answer.then(heard, heard);
      return failure(`Redis did not answer in ${Math.round(timeout)} ms.`, REACHABLE);
    });
  };
}

function unanswered(): Error {
  return failure("Redis has not yet answered an earlier command.", REACHABLE);
}

function rethrow(error: unknown): never {
  throw failureOf(error);
}
