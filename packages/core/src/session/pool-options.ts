import { checkNames } from "../contract/known-names.ts";
import type { LoginLimiter } from "../contract/login-limiter.ts";
import { InvalidOptions } from "../errors/invalid-options.ts";
import type { Clock } from "../util/clock.ts";
import { openLoginLimiter } from "./login-limiter.ts";

/** The options of a pool. */
export interface SessionPoolOptions {
  /** The most open sessions. Opening another one closes the least recently used. Default: 1,000. */
  readonly max?: number;
  /** After how long without use a session is closed, in ms. Default: never. */
  readonly idle?: number;
  /** Limits the logins of the pool's sessions and of any others that share it. Default: `loginLimiter()`. */
  readonly loginLimiter?: LoginLimiter;
}

export function checkPool(open: unknown, options: SessionPoolOptions, clock: Clock): Required<SessionPoolOptions> {
  const wrong = (what: string) => new InvalidOptions("core", `sessionPool: ${what}`);
  if (typeof open !== "function") throw wrong("the first argument must be a function that opens a session.");
  if (typeof options !== "object" || options === null) throw wrong("the options must be an object.");
  checkNames("core", options, { max: true, idle: true, loginLimiter: true }, "sessionPool");
  const { max = 1_000, idle = Number.POSITIVE_INFINITY, loginLimiter = openLoginLimiter({}, clock) } = options;
  if (!Number.isInteger(max) || max <= 0) throw wrong("`max` must be a whole number above 0 (sessions).");
  if (typeof idle !== "number" || !(idle > 0)) throw wrong("`idle` must be a number above 0 (ms).");
  if (typeof loginLimiter?.run !== "function") {
    throw wrong("`loginLimiter` must have the method run, for example `loginLimiter()`.");
  }
  return { max, idle, loginLimiter };
}
