import { checkNames } from "../contract/known-names.ts";
import type { LoginLimiter } from "../contract/login-limiter.ts";
import { InvalidOptions } from "../errors/invalid-options.ts";
import { type Clock, systemClock } from "../util/clock.ts";

/** The limits of a `loginLimiter`. */
export interface LoginLimiterOptions {
  /** How many logins may run at the same time. Default: 10. */
  readonly concurrent?: number;
  /** How many logins may start per minute, evenly spaced. Default: 300. */
  readonly perMinute?: number;
}

const DEFAULTS: Required<LoginLimiterOptions> = Object.freeze({ concurrent: 10, perMinute: 300 });

/**
 * Creates a limiter for the logins of many sessions. Pass it to each of them as the option `loginLimiter`.
 *
 * Logins wait in order. A login leaves the queue once no caller waits for it, and counts once including its retries.
 * Calls of live sessions are never limited.
 * @throws {InvalidOptions} `invalid_options` if an option is unknown or not above 0.
 * @example
 * const limiter = loginLimiter({ concurrent: 4, perMinute: 60 });
 * const sessions = tenants.map((tenant) => createAcmeSession({ ...tenant, loginLimiter: limiter }));
 */
export function loginLimiter(options: LoginLimiterOptions = {}): LoginLimiter {
  return openLoginLimiter(options, systemClock());
}

export function openLoginLimiter(options: LoginLimiterOptions, clock: Clock): LoginLimiter {
  const { concurrent, perMinute } = checkLimits(options);
  const interval = Math.ceil(60_000 / perMinute);
  const waiting = new Set<() => void>();
  let running = 0;
  let next = Number.NEGATIVE_INFINITY;
  let cancel: (() => void) | undefined;

  function start(): void {
    const [first] = waiting;
    if (first === undefined || running >= concurrent || cancel !== undefined) return;
    const wait = next - clock.elapsed();
    if (wait > 0) {
      cancel = clock.timer(wait, () => {
        cancel = undefined;
        start();
      });
      return;
    }
    waiting.delete(first);
    running++;
    next = clock.elapsed() + interval;
    first();
    start();
  }

  async function turn(signal: AbortSignal | undefined): Promise<void> {
    signal?.throwIfAborted();
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const leave = () => {
      if (waiting.delete(resolve)) reject(signal?.reason);
      if (waiting.size > 0) return;
      // An unused timer would keep the process alive.
      cancel?.();
      cancel = undefined;
    };
    signal?.addEventListener("abort", leave, { once: true });
    waiting.add(resolve);
    start();
    await promise.finally(() => signal?.removeEventListener("abort", leave));
  }

  return {
    async run(login, { signal } = {}) {
      await turn(signal);
      try {
        return await login();
      } finally {
        running--;
        start();
      }
    },
  };
}

function checkLimits(options: LoginLimiterOptions): Required<LoginLimiterOptions> {
  if (typeof options !== "object" || options === null) {
    throw new InvalidOptions("core", "loginLimiter: the options must be an object.");
  }
  checkNames("core", options, DEFAULTS, "loginLimiter");
  const { concurrent = DEFAULTS.concurrent, perMinute = DEFAULTS.perMinute } = options;
  if (!Number.isInteger(concurrent) || concurrent <= 0) {
    throw new InvalidOptions("core", "loginLimiter: `concurrent` must be a whole number above 0 (logins).");
  }
  if (!Number.isFinite(perMinute) || perMinute <= 0) {
    throw new InvalidOptions("core", "loginLimiter: `perMinute` must be a number above 0 (logins).");
  }
  return { concurrent, perMinute };
}
