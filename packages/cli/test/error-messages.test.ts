import {
  InsecureTransport,
  InvalidCredentials,
  InvalidOptions,
  OriginNotAllowed,
  RateLimited,
  SecondFactorRejected,
  SecondFactorRequired,
  UnexpectedResponse,
  VendorUnavailable,
} from "@vms/core";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { formatDuration, formatInstant } from "../src/command-line/format-time.ts";
import { describeError } from "../src/error-messages/describe-error.ts";

test.each([
  [0, "0 s"],
  [59_999, "59 s"],
  [60_000, "1 min"],
  [3_599_999, "59 min"],
  [3_600_000, "1 h"],
  [8_040_000, "2 h 14 min"],
  [86_400_000, "1 d"],
  [273_600_000, "3 d 4 h"],
  [-5, "0 s"],
])("a duration of %d ms is formatted as %s", (ms, text) => {
  expect(formatDuration(ms)).toBe(text);
});

test("a time is formatted in this machine's time zone, unambiguously", () => {
  expect(formatInstant(new Date(2026, 0, 9, 3, 5).getTime())).toBe("2026-01-09 03:05");
});

describe("messages of the packages are rephrased for users of the command line", () => {
  const wanted = "the account asks for a second factor (a code by totp), and the option `secondFactor` is not set. ";

  test.each([
    [
      new InvalidCredentials("alta", "the vendor refused the user name or password (401). Correct `credentials`."),
      "the vendor refused the user name or password (401). Correct both.",
      "Sign in with the right ones: vms login <profile>",
    ],
    [
      new SecondFactorRequired("alta", `${wanted}Set it to a function.`, { methods: [{ type: "totp" }] }),
      "the account asks for a second factor (a code by totp), and nobody is here to be asked for one.",
      "Sign in at a terminal: vms login <profile>\nOr give the app's secret to a job, in VMS_ALTA_TOTP.",
    ],
    [
      new SecondFactorRejected("alta", "the vendor refused the code. Check the clock, then call `renew()`."),
      "the vendor refused the code. Check the clock, then sign in again.",
      undefined,
    ],
    [
      new InsecureTransport(
        "alta",
        "`baseUrl` is http://a: it can be read. Write https://, or set `allowInsecureHttp: true` if that network is yours.",
      ),
      "the URL is http://a: it can be read. Write https://, or allow HTTP if that network is yours.",
      "To allow it, give --allow-http.",
    ],
    [
      new VendorUnavailable(
        "alta",
        "the vendor did not finish in 30000 ms (`timeout`). Check the network, or allow more time.",
      ),
      "the vendor did not finish in 30000 ms. Check the network.",
      undefined,
    ],
    [
      new VendorUnavailable("alta", "POST https://a got no answer (DEPTH_ZERO_SELF_SIGNED_CERT). Check the base URL."),
      "POST https://a got no answer (DEPTH_ZERO_SELF_SIGNED_CERT). Check the base URL.",
      expect.stringContaining("--ca <file>"),
    ],
    [
      new RateLimited("alta", "too many requests.", { retryAfter: 120_000 }),
      "too many requests.",
      "The vendor asks to wait 2 min.",
    ],
  ])("%s", (error, message, hint) => {
    expect(describeError(error, undefined)).toMatchObject({ message, hint });
  });
});

describe("an error of a profile's session", () => {
  const who = { name: "evil2", profile: { vendor: "alta", username: "anna", url: "https://a.example" } } as const;
  const refused = new InvalidCredentials("alta", "refused. Correct `credentials`.");

  test("names a profile that is not named like its vendor", () => {
    expect(describeError(refused, who).hint).toBe("Sign in with the right ones: vms login alta --profile evil2");
    expect(describeError(new OriginNotAllowed("alta", "not sent."), who).hint).toContain(
      "vms login alta --profile evil2 --option",
    );
  });

  test("names the variable of the refused password", () => {
    vi.stubEnv("VMS_ALTA_PASSWORD", "made-up");
    onTestFinished(() => void vi.unstubAllEnvs());
    expect(describeError(refused, who).hint).toContain("the password in VMS_ALTA_PASSWORD");
    vi.stubEnv("VMS_ALTA_USERNAME", "somebody-else");
    expect(describeError(refused, who).hint).not.toContain("VMS_ALTA_PASSWORD");
  });

  test("recommends the doctor if nobody answers and the profile exists", () => {
    const silent = new VendorUnavailable("alta", "no answer.");
    expect(describeError(silent, who).hint).toBe("To see what is wrong: vms doctor evil2");
    expect(describeError(silent, { ...who, unsaved: true }).hint).toBe(undefined);
  });

  test("recommends the doctor if it is unclear who answers, and patience if the vendor fails", () => {
    const odd = new UnexpectedResponse("alta", "not JSON.", { status: 200 });
    expect(describeError(odd, who).hint).toBe("To see what is wrong: vms doctor evil2");
    const failing = new VendorUnavailable("alta", "answered 503.", { status: 503 });
    expect(describeError(failing, who).hint).toContain("Try again later");
  });

  test("names the file if the profile's options are wrong", () => {
    expect(describeError(new InvalidOptions("alta", "no."), who).message).toMatch(
      /^the profile "evil2" in .*config\.json: no\.$/,
    );
  });
});

test("says so if Node's parser rejects a response", () => {
  const cause = Object.assign(new Error("made up"), { code: "HPE_INVALID_HEADER_TOKEN" });
  const told = { exit: 6, message: "the vendor's answer breaks the rules of HTTP (HPE_INVALID_HEADER_TOKEN)." };
  expect(describeError(new TypeError("fetch failed", { cause }), undefined)).toMatchObject(told);
  const silent = new VendorUnavailable("alta", "POST https://a got no answer (HPE_INVALID_HEADER_TOKEN).");
  expect(describeError(silent, undefined)).toMatchObject(told);
});
