import { Secret, TOTP, URI } from "otpauth/slim";
import { unattended } from "./contract/non-interactive.ts";
import type { SecondFactor, SecondFactorChallenge } from "./contract/second-factor.ts";
import { InvalidOptions } from "./errors/invalid-options.ts";
import { orAbort } from "./util/wait.ts";

/**
 * Answers for the second factor of a service account out of the secret that its enrolment showed, as an app does (RFC 6238).
 * It needs no human, so that renewals in the background ask it as well.
 *
 * No code is given out twice: within one period (30 s unless the URI says otherwise) the second asking waits for the next.
 * Give one answerer to all sessions of an account in a process. The machine's clock has to be right.
 *
 * @param secret in base32, spaces and case ignored (SHA-1, 6 digits, 30 s), or the whole `otpauth://totp/…` URI.
 * @throws {InvalidOptions} (`invalid_options`) where it is neither; the message does not quote it.
 */
export function totp(secret: string): SecondFactor {
  const generator = parse(secret);
  const period = generator.period * 1000;
  let last = Number.NEGATIVE_INFINITY;

  return unattended(async ({ vendor, methods, signal }: SecondFactorChallenge) => {
    if (!methods.some(({ type }) => type === "totp")) {
      const types = methods.map(({ type }) => type).join(" or ");
      throw new InvalidOptions(
        vendor,
        `\`secondFactor\`: the vendor sends a code by ${types}, which \`totp()\` cannot know. Give a function that gets it.`,
      );
    }
    // One that is far ahead of the clock was given by a clock that was wrong.
    const present = () => Math.floor(Date.now() / period);
    if (last - present() > FAR_AHEAD) last = Number.NEGATIVE_INFINITY;
    const before = last;
    const turn = Math.max(present(), before + 1);
    last = turn;
    try {
      await reach(turn * period, signal);
    } catch (error) {
      // Nobody got its code.
      if (last === turn) last = before;
      throw error;
    }
    // The machine may have slept meanwhile.
    const code = Math.max(turn, present());
    last = Math.max(last, code);
    return { method: "totp", code: generator.generate({ timestamp: code * period }) };
  });
}

/** As many askings may wait in line, in periods. */
const FAR_AHEAD = 20;

function parse(secret: unknown): TOTP {
  const wrong = (what: string) => new InvalidOptions("core", `totp: ${what}`);
  if (typeof secret !== "string" || secret.trim() === "") {
    throw wrong("the secret is missing: give it in base32, or the whole otpauth:// URI.");
  }
  const text = secret.trim();
  if (!/^otpauth:/i.test(text)) {
    try {
      return new TOTP({ secret: Secret.fromBase32(text.replaceAll(/[\s=-]/g, "").toUpperCase()) });
    } catch {
      throw wrong("the secret must be base32 (letters A to Z, digits 2 to 7), or an otpauth:// URI.");
    }
  }
  let parsed: unknown;
  try {
    parsed = URI.parse(text);
  } catch {
    throw wrong("the otpauth:// URI cannot be read. Copy it whole.");
  }
  if (parsed instanceof TOTP) return parsed;
  throw wrong("the otpauth:// URI is for codes by counter (hotp), and only codes by time (totp) are answered.");
}

// In small steps, because the clock may be set, or the machine sleep, meanwhile.
async function reach(at: number, signal: AbortSignal): Promise<void> {
  for (let left = at - Date.now(); left > 0; left = at - Date.now()) {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, Math.min(left, 1000));
    try {
      await orAbort(promise, signal);
    } finally {
      clearTimeout(timer);
    }
  }
}
