import { inspect } from "node:util";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { isNonInteractive } from "../src/contract/non-interactive.ts";
import { nonInteractive, type SecondFactorChallenge } from "../src/index.ts";
import { totp } from "../src/totp.ts";

// The secret of RFC 6238, appendix B, "12345678901234567890" in base32, and its codes cut to six digits.
const SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
const VECTORS: readonly (readonly [seconds: number, code: string])[] = [
  [59, "287082"],
  [1111111109, "081804"],
  [1111111111, "050471"],
  [1234567890, "005924"],
  [2000000000, "279037"],
];

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const challenge = (parts: Partial<SecondFactorChallenge> = {}): SecondFactorChallenge => ({
  vendor: "fake",
  account: "operator",
  methods: [{ type: "totp" }],
  attempt: 1,
  attemptsLeft: 3,
  send: async () => {},
  signal: new AbortController().signal,
  ...parts,
});
const codeOf = async (answerer: ReturnType<typeof totp>, parts: Partial<SecondFactorChallenge> = {}) =>
  (await answerer(challenge(parts))).code;

for (const [seconds, code] of VECTORS) {
  test(`the code at ${seconds} s is that of RFC 6238, appendix B`, async () => {
    vi.setSystemTime(seconds * 1000);
    expect(await totp(SECRET)(challenge())).toEqual({ method: "totp", code });
  });
}

test("spaces, hyphens and case of a secret do not matter", async () => {
  vi.setSystemTime(59_000);
  expect(await codeOf(totp(" gezd gnbv gy3t qojq-GEZD GNBV GY3T QOJQ "))).toBe("287082");
});

test("the digits, period and algorithm of an otpauth:// URI are used", async () => {
  vi.setSystemTime(59_000);
  expect(await codeOf(totp(`otpauth://totp/Acme:operator?secret=${SECRET}&digits=8&issuer=Acme`))).toBe("94287082");
  const long = totp(`otpauth://totp/operator?secret=${SECRET}&period=60`);
  vi.setSystemTime(2 * 59_000);
  expect(await codeOf(long)).toBe("287082");
});

test("no code is returned twice: the second request in a period waits for the next one", async () => {
  vi.setSystemTime(1_111_111_109_000);
  const answerer = totp(SECRET);
  expect(await codeOf(answerer)).toBe("081804");
  const [second, third] = [codeOf(answerer), codeOf(answerer)];
  let came = false;
  second.then(() => {
    came = true;
  });
  await vi.advanceTimersByTimeAsync(900);
  expect(came).toBe(false);
  await vi.advanceTimersByTimeAsync(100);
  expect(await second).toBe("050471");
  await vi.advanceTimersByTimeAsync(30_000);
  expect(await third).not.toBe("050471");
});

test("the wait for the next period ends with the signal, and leaves no timer", async () => {
  vi.setSystemTime(0);
  const answerer = totp(SECRET);
  await codeOf(answerer);
  const controller = new AbortController();
  const waiting = codeOf(answerer, { signal: controller.signal }).catch((error: unknown) => error);
  await vi.advanceTimersByTimeAsync(5_000);
  controller.abort("enough");
  expect(await waiting).toBe("enough");
  expect(vi.getTimerCount()).toBe(0);
});

test("setting the clock back by an hour during the wait for a code does not extend the wait", async () => {
  vi.setSystemTime(2_000_000_000_000);
  const answerer = totp(SECRET);
  const first = await codeOf(answerer);
  const waiting = [codeOf(answerer), codeOf(answerer)];
  await vi.advanceTimersByTimeAsync(5_000);
  vi.setSystemTime(2_000_000_000_000 - 3_600_000);
  await vi.advanceTimersByTimeAsync(31_000);
  const codes = await Promise.all(waiting);
  expect(new Set([first, ...codes]).size).toBe(3);
});

test("a clock that is set back does not delay the next code, and an aborted request uses no code", async () => {
  vi.setSystemTime(2_000_000_000_000);
  const answerer = totp(SECRET);
  await codeOf(answerer);
  vi.setSystemTime(2_000_000_000_000 - 3_600_000);
  await codeOf(answerer);
  for (let n = 0; n < 10; n++) {
    const controller = new AbortController();
    const waiting = codeOf(answerer, { signal: controller.signal }).catch(() => {});
    controller.abort();
    await waiting;
  }
  const next = codeOf(answerer);
  await vi.advanceTimersByTimeAsync(30_000);
  expect(await next).toMatch(/^\d{6}$/);
});

test("after a sleep of the machine, the code is that of the current time", async () => {
  vi.setSystemTime(1_111_111_080_000);
  const answerer = totp(SECRET);
  await codeOf(answerer);
  const waiting = codeOf(answerer);
  vi.setSystemTime(2_000_000_000_000);
  await vi.advanceTimersByTimeAsync(30_000);
  expect(await waiting).toBe("279037");
});

test("the function needs no person", () => {
  expect(isNonInteractive(totp(SECRET))).toBe(true);
  expect(isNonInteractive(() => {})).toBe(false);
  expect(isNonInteractive(nonInteractive(() => {}))).toBe(true);
});

test("if a vendor accepts no authenticator codes, the error says to use another second factor", async () => {
  await expect(codeOf(totp(SECRET), { methods: [{ type: "sms" }, { type: "email" }] })).rejects.toMatchObject({
    code: "second_factor_required",
    reason: "not_configured",
    message: expect.stringContaining("sms or email"),
  });
});

const hidden = "JBSWY3DPEHPK3PXP";
for (const [what, wrong] of [
  ["missing", undefined],
  ["empty", " "],
  ["not base32", `${hidden}!1`],
  ["an otpauth:// URI without a secret", "otpauth://totp/operator"],
  ["an otpauth:// URI of another kind", `otpauth://hotp/operator?secret=${hidden}&counter=1`],
  ["an otpauth:// URI that is cut off", `otpauth://totp/?secret=${hidden}&digits=x`],
] as const) {
  test(`a secret that is ${what} is invalid_options, and is not quoted`, () => {
    let error: unknown;
    try {
      totp(wrong as string);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toMatchObject({ code: "invalid_options" });
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(hidden);
  });
}

test("the function shows no secret", () => {
  const answerer = totp(hidden);
  expect(inspect(answerer, { depth: 9, showHidden: true }) + JSON.stringify(answerer)).not.toContain(hidden);
});
