import { Secret, TOTP, URI } from "otpauth/slim";
import { nonInteractive } from "./contract/non-interactive.ts";
import type { SecondFactor, SecondFactorChallenge } from "./contract/second-factor.ts";
import { InvalidOptions } from "./errors/invalid-options.ts";
import { SecondFactorRequired } from "./errors/second-factor-required.ts";
import { orAbort } from "./util/wait.ts";

/**
 * Generates second-factor codes from a service account's secret, like an authenticator app (RFC 6238). It needs no
 * person, so background renewals use it too.
 *
 * No code is returned twice: a second call within one period (30 s unless the URI sets another) waits for the next one.
 * Share one `totp(…)` between all sessions of an account in a process. The machine's clock must be correct.
 *
 * @param secret the base32 secret from the enrolment (SHA-1, 6 digits, 30 s), or the whole `otpauth://totp/…` URI.
 * Spaces and case do not matter.
 * @throws {InvalidOptions} `invalid_options` if it is neither. The message does not quote it. The returned function
 * throws `second_factor_required` if the vendor does not accept authenticator codes.
 * @example
 * const session = createAcmeSession({ baseUrl, credentials, secondFactor: totp(process.env.VMS_ACME_TOTP ?? "") });
 */
export function totp(secret: string): SecondFactor {
  const generator = parse(secret);
  const period = generator.period * 1000;
  let last = Number.NEGATIVE_INFINITY;

  return nonInteractive(async ({ vendor, methods, signal }: SecondFactorChallenge) => {
    if (!methods.some(({ type }) => type === "totp")) {
      const types = methods.map(({ type }) => type).join(" or ");
      const problem = `the vendor sends the code by ${types}, so an authenticator secret cannot generate it.`;
      throw new SecondFactorRequired(vendor, problem, { reason: "not_configured", methods });
    }
    const present = () => Math.floor(Date.now() / period);
    const isFarAhead = (turn: number) => turn - present() > FAR_AHEAD;
    let turn: number;
    do {
      // If the last code is far ahead of the clock, the clock was wrong then.
      if (isFarAhead(last)) last = Number.NEGATIVE_INFINITY;
      const before = last;
      turn = Math.max(present(), before + 1);
      last = turn;
      try {
        await reach(turn * period, FAR_AHEAD * period, signal);
      } catch (error) {
        // The code was not returned.
        if (last === turn) last = before;
        throw error;
      }
      // The clock may have been set back meanwhile.
    } while (isFarAhead(turn));
    // The machine may have been suspended meanwhile.
    const code = Math.max(turn, present());
    last = Math.max(last, code);
    return { method: "totp", code: generator.generate({ timestamp: code * period }) };
  });
}

/** How many periods waiting calls may be ahead of the clock. */
const FAR_AHEAD = 20;

function parse(secret: unknown): TOTP {
  const wrong = (what: string) => new InvalidOptions("core", `the TOTP secret ${what}`);
  if (typeof secret !== "string" || secret.trim() === "") {
    throw wrong("is missing. Pass it in base32, or pass the whole otpauth:// URI.");
  }
  const text = secret.trim();
  if (!/^otpauth:/i.test(text)) {
    try {
      return new TOTP({ secret: Secret.fromBase32(text.replaceAll(/[\s=-]/g, "").toUpperCase()) });
    } catch {
      throw wrong("must be base32 (letters A to Z, digits 2 to 7) or an otpauth:// URI.");
    }
  }
  let parsed: unknown;
  try {
    parsed = URI.parse(text);
  } catch {
    throw wrong("is an otpauth:// URI that cannot be parsed. Copy the whole URI.");
  }
  if (parsed instanceof TOTP) return parsed;
  throw wrong("is for counter-based codes (HOTP). Only time-based codes (TOTP) are supported.");
}

// Waits in short steps, because the clock can change and the machine can be suspended meanwhile.
async function reach(at: number, farthest: number, signal: AbortSignal): Promise<void> {
  for (let left = at - Date.now(); left > 0 && left <= farthest; left = at - Date.now()) {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, Math.min(left, 1000));
    try {
      await orAbort(promise, signal);
    } finally {
      clearTimeout(timer);
    }
  }
}
