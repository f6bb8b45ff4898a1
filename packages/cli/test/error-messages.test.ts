import {
  InsecureTransport,
  InvalidCredentials,
  InvalidOptions,
  InvalidRequest,
  OriginNotAllowed,
  RateLimited,
  SecondFactorRejected,
  SecondFactorRequired,
  StoreFailed,
  UnexpectedResponse,
  VendorUnavailable,
} from "@vms/core";
import { describe, expect, test } from "vitest";
import { formatDuration, formatInstant } from "../src/command-line/format-time.ts";
import { describeError } from "../src/error-messages/describe-error.ts";
import type { ErrorContext } from "../src/error-messages/error-context.ts";
import { environment } from "./support/run-vms.ts";
import { testSystem } from "./support/test-system.ts";

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

describe("an error of the packages is shown as its problem, with advice for users of the command line", () => {
  test.each([
    [
      new InvalidCredentials("alta", "the vendor rejected the user name or the password (401)."),
      "Sign in with the correct ones: vms login <profile>",
    ],
    [
      new SecondFactorRejected("alta", "the vendor rejected the code."),
      "Check that the code belongs to this account, then sign in at a terminal: vms login <profile>",
    ],
    [
      new InsecureTransport("alta", "http://a is not encrypted."),
      "Use https://. If you trust the network, add --allow-http.",
    ],
    [
      new VendorUnavailable("alta", "the sign-in took longer than 30000 ms.", {
        remedy: { id: "allow_more_time", option: "timeout" },
      }),
      "Check the network, or allow more time: vms login <profile> --option timeout=60s",
    ],
    [
      new VendorUnavailable("alta", "the vendor did not answer.", {
        remedy: { id: "trust_certificate", code: "DEPTH_ZERO_SELF_SIGNED_CERT" },
      }),
      expect.stringContaining("--ca <file>"),
    ],
    [new RateLimited("alta", "too many requests.", { retryAfter: 120_000 }), "Try again in 2 min."],
    [
      new InvalidRequest("alta", "the vendor rejected it.", {
        remedy: { id: "check_options", options: ["credentials", "realm"] },
      }),
      "Check the user name and password and --option realm, then sign in: vms login <profile>",
    ],
    [
      new StoreFailed("core", "other users can write to /a.", {
        remedy: { id: "fix_path", path: "/a", command: "chmod 700 /a" },
      }),
      "Run: chmod 700 /a",
    ],
  ])("%s", (error, hint) => {
    expect(describeError(error, undefined)).toMatchObject({ message: error.problem, hint });
  });

  test.each([
    [["totp"], "from an authenticator app.", "\nOr set VMS_ALTA_TOTP to the app's secret."],
    [["sms", "email"], "by SMS or by e-mail.", ""],
  ] as const)("except that a missing code is named by its methods: %j", (types, by, more) => {
    const methods = types.map((type) => ({ type }));
    const error = new SecondFactorRequired("alta", "the account needs a code.", { reason: "not_configured", methods });
    expect(describeError(error, undefined)).toMatchObject({
      message: `the login needs a code ${by}`,
      hint: `Sign in at a terminal: vms login <profile>${more}`,
    });
  });

  test("without advice if another version of a package has a remedy that is not known here", () => {
    const error = Object.assign(new InvalidCredentials("alta", "refused."), { remedy: { id: "made_up" } });
    expect(describeError(error, undefined)).toMatchObject({ message: "refused.", hint: undefined });
  });
});

describe("an error of a profile's session", () => {
  const profile = { vendor: "alta", username: "anna", url: "https://a.example" } as const;
  const whose = (variables: Readonly<Record<string, string>> = {}): ErrorContext => ({
    name: "evil2",
    profile,
    system: testSystem([], environment("/made/up", variables)).system,
  });
  const who = whose();
  const refused = new InvalidCredentials("alta", "refused.");

  test("names a profile that is not named like its vendor", () => {
    expect(describeError(refused, who).hint).toBe("Sign in with the correct ones: vms login alta --profile evil2");
    expect(
      describeError(new OriginNotAllowed("alta", "not sent.", { origin: "https://b.example" }), who).hint,
    ).toContain("vms login alta --profile evil2 --option allowedOrigins=https://b.example");
  });

  test("names the variable of the rejected password", () => {
    const password = { VMS_ALTA_PASSWORD: "made-up" };
    expect(describeError(refused, whose(password)).hint).toContain("The password came from VMS_ALTA_PASSWORD");
    const other = whose({ ...password, VMS_ALTA_USERNAME: "somebody-else" });
    expect(describeError(refused, other).hint).not.toContain("VMS_ALTA_PASSWORD");
  });

  test("recommends vms doctor if nobody answers and the profile exists", () => {
    const silent = new VendorUnavailable("alta", "no answer.", { remedy: { id: "check_network" } });
    expect(describeError(silent, who).hint).toBe("To see what is wrong: vms doctor evil2");
    expect(describeError(silent, { ...who, unsaved: true }).hint).toBe(undefined);
  });

  test("recommends vms doctor if it is unclear who answers, and waiting if the vendor fails", () => {
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

test("reports a response that Node's parser rejects", () => {
  const cause = Object.assign(new Error("made up"), { code: "HPE_INVALID_HEADER_TOKEN" });
  const told = { exit: 6, message: "the vendor's response is not valid HTTP (HPE_INVALID_HEADER_TOKEN)." };
  expect(describeError(new TypeError("fetch failed", { cause }), undefined)).toMatchObject(told);
  const remedy = { id: "check_network", code: "HPE_INVALID_HEADER_TOKEN" } as const;
  const silent = new VendorUnavailable("alta", "the vendor did not answer.", { remedy });
  expect(describeError(silent, undefined)).toMatchObject(told);
});
