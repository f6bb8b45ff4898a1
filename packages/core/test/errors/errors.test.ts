import { inspect } from "node:util";
import { expect, expectTypeOf, test } from "vitest";
import { adviceOf } from "../../src/errors/advice.ts";
import {
  AccountUnavailable,
  type AccountUnavailableReason,
  type AnyVmsError,
  InsecureTransport,
  InvalidCredentials,
  InvalidOptions,
  InvalidRequest,
  isVmsError,
  LoginLimited,
  OriginNotAllowed,
  RateLimited,
  SecondFactorRejected,
  SecondFactorRequired,
  type SecondFactorRequiredReason,
  SessionClosed,
  StoreFailed,
  UnexpectedResponse,
  VendorUnavailable,
  VmsError,
  type VmsErrorCode,
} from "../../src/index.ts";

const make: Record<VmsErrorCode, () => AnyVmsError> = {
  invalid_options: () => new InvalidOptions("fake", "what."),
  invalid_credentials: () => new InvalidCredentials("fake", "what."),
  account_unavailable: () => new AccountUnavailable("fake", "what.", { reason: "locked" }),
  second_factor_required: () =>
    new SecondFactorRequired("fake", "what.", { reason: "not_configured", methods: [{ type: "totp" }] }),
  second_factor_rejected: () => new SecondFactorRejected("fake", "what."),
  invalid_request: () => new InvalidRequest("fake", "what."),
  rate_limited: () => new RateLimited("fake", "what."),
  login_limited: () => new LoginLimited("fake", "what."),
  vendor_unavailable: () => new VendorUnavailable("fake", "what."),
  unexpected_response: () => new UnexpectedResponse("fake", "what."),
  insecure_transport: () => new InsecureTransport("fake", "what."),
  origin_not_allowed: () => new OriginNotAllowed("fake", "what.", { origin: "https://b.example" }),
  session_closed: () => new SessionClosed("fake", "what."),
  store_failed: () => new StoreFailed("fake", "what."),
};
const RETRYABLE: readonly VmsErrorCode[] = ["rate_limited", "login_limited", "vendor_unavailable"];

for (const [code, construct] of Object.entries(make)) {
  test(`${code} has its own class, a prefixed message, and its fields`, () => {
    const error = construct();
    expect(error).toBeInstanceOf(VmsError);
    expect(error).toBeInstanceOf(Error);
    expect(error.code).toBe(code);
    expect(error.vendor).toBe("fake");
    expect(error.problem).toBe("what.");
    expect(error.message).toBe(`[@vms/fake] what. ${adviceOf(error.remedy)}`.trimEnd());
    expect(error.name).toBe(error.constructor.name);
    expect(error.name.toLowerCase()).toBe(code.replaceAll("_", ""));
    expect(error.stack).toContain("[@vms/fake] what.");
    expect(isVmsError(error)).toBe(true);
  });

  test(`${code} can${RETRYABLE.includes(code as VmsErrorCode) ? "" : "not"} be retried by default`, () => {
    expect(construct().retryable).toBe(RETRYABLE.includes(code as VmsErrorCode));
  });

  test(`${code} has no undefined own key, and no cause`, () => {
    const error = construct();
    for (const key of Reflect.ownKeys(error)) expect(Reflect.get(error, key), String(key)).toBeDefined();
    for (const key of ["status", "retryAfter", "cause"]) expect(Object.hasOwn(error, key)).toBe(false);
    expect(Object.keys(error)).not.toContain("undefined");
  });
}

test("no two codes share a class", () => {
  expect(new Set(Object.values(make).map((construct) => construct().constructor)).size).toBe(Object.keys(make).length);
});

test("given details are set, and undefined ones are omitted", () => {
  const details = { retryable: false, status: 429, retryAfter: 7_000 };
  expect({ ...new RateLimited("fake", "what.", details) }).toMatchObject(details);
  const empty = new VendorUnavailable("fake", "what.", { status: undefined, retryAfter: undefined });
  expect(Object.keys(empty).sort()).toEqual(["code", "name", "remedy", "retryable", "vendor"]);
  expect(new InvalidCredentials("fake", "what.", { retryable: true }).retryable).toBe(true);
});

test("the remedy is the given one, or the default of the class", () => {
  const remedies = Object.entries(make).map(([code, construct]) => [code, construct().remedy.id]);
  expect(Object.fromEntries(remedies)).toEqual({
    invalid_options: "correct_option",
    invalid_credentials: "correct_credentials",
    account_unavailable: "ask_administrator",
    second_factor_required: "provide_second_factor",
    second_factor_rejected: "check_second_factor",
    invalid_request: "check_options",
    rate_limited: "wait",
    login_limited: "wait",
    vendor_unavailable: "wait",
    unexpected_response: "check_base_url",
    insecure_transport: "use_https",
    origin_not_allowed: "allow_origin",
    session_closed: "open_session",
    store_failed: "check_store",
  });
  const remedy = { id: "check_options", options: ["realm", "body"] } as const;
  const error = new InvalidRequest("fake", "it is malformed.", { remedy });
  expect(error.remedy).toEqual(remedy);
  expect(error.message).toBe("[@vms/fake] it is malformed. Check `realm` and `body`, then call `renew()`.");
  expect(new AccountUnavailable("fake", "what.", { reason: "pending" }).remedy.id).toBe("finish_registration");
});

test("a required second factor has a reason, and a remedy for the reason", () => {
  const remedyOf = (reason: SecondFactorRequiredReason) => {
    const error = new SecondFactorRequired("fake", "what.", { reason, methods: [] });
    expect(error.reason).toBe(reason);
    return error.remedy.id;
  };
  expect(remedyOf("not_configured")).toBe("provide_second_factor");
  expect(remedyOf("background")).toBe("allow_prompt");
  expect(remedyOf("enrolment")).toBe("enrol_second_factor");
  expect(remedyOf("no_method")).toBe("enrol_second_factor");
});

test("the advice to wait contains the time, if the vendor sends it", () => {
  expect(new RateLimited("fake", "what.", { retryAfter: 61_200 }).message).toBe("[@vms/fake] what. Try again in 62 s.");
});

test("a printed error shows its problem once", () => {
  const error = new RateLimited("fake", "the vendor is busy.");
  expect(inspect(error).split("the vendor is busy.")).toHaveLength(2);
  expect(JSON.stringify(error)).not.toContain("the vendor is busy.");
});

test("each error has its own fields, which are empty by default", () => {
  expect(new InvalidRequest("fake", "what.").fields).toEqual({});
  expect(new InvalidRequest("fake", "what.", { fields: { a: ["b"] } }).fields).toEqual({ a: ["b"] });
  expect(new UnexpectedResponse("fake", "what.").paths).toEqual([]);
  expect(new UnexpectedResponse("fake", "what.", { paths: ["a.b"] }).paths).toEqual(["a.b"]);
  expect(new AccountUnavailable("fake", "what.", { reason: "license" }).reason).toBe("license");
  const methods = [{ type: "sms", hint: "*** 7" }] as const;
  expect(new SecondFactorRequired("fake", "what.", { reason: "background", methods }).methods).toEqual(methods);
});

test("isVmsError recognises errors of another copy of the package", async () => {
  const copy = "../../src/errors/invalid-credentials.ts?copy";
  const other = (await import(/* @vite-ignore */ copy)) as { InvalidCredentials: typeof InvalidCredentials };
  const base = "../../src/errors/is-vms-error.ts?copy";
  const guard = (await import(/* @vite-ignore */ base)) as { isVmsError: typeof isVmsError };
  const foreign = new other.InvalidCredentials("fake", "what.");
  expect(foreign).not.toBeInstanceOf(InvalidCredentials);
  expect(isVmsError(foreign)).toBe(true);
  expect(guard.isVmsError(new InvalidCredentials("fake", "what."))).toBe(true);
});

test("isVmsError recognises an error that shares only the registry's symbol with this copy", () => {
  const foreign = Object.assign(new Error("[@vms/fake] what."), { code: "invalid_credentials" });
  expect(isVmsError(foreign)).toBe(false);
  Object.defineProperty(foreign, Symbol.for("@vms/core/error"), { value: true });
  expect(isVmsError(foreign)).toBe(true);
});

test("isVmsError recognises nothing else", () => {
  for (const value of [undefined, null, "", 0, {}, [], () => {}, new Error("x"), { code: "invalid_credentials" }]) {
    expect(isVmsError(value)).toBe(false);
  }
});

test("the brand is not visible", () => {
  const error = new SessionClosed("fake", "what.");
  expect(Object.keys(error)).not.toContain("@vms/core/error");
  expect(JSON.stringify(error)).not.toContain("@vms/core");
});

test("`switch (error.code)` narrows, and can be exhaustive", () => {
  const told = (error: AnyVmsError): string => {
    switch (error.code) {
      case "account_unavailable":
        expectTypeOf(error).toEqualTypeOf<AccountUnavailable>();
        expectTypeOf(error.reason).toEqualTypeOf<AccountUnavailableReason>();
        return error.reason;
      case "invalid_request":
        expectTypeOf(error.fields).toEqualTypeOf<Readonly<Record<string, readonly string[]>>>();
        return Object.keys(error.fields).join();
      case "unexpected_response":
        expectTypeOf(error).toEqualTypeOf<UnexpectedResponse>();
        return error.paths.join();
      case "second_factor_required":
        return error.methods.map(({ type }) => type).join();
      case "invalid_options":
      case "invalid_credentials":
      case "second_factor_rejected":
      case "rate_limited":
      case "login_limited":
      case "vendor_unavailable":
      case "insecure_transport":
      case "origin_not_allowed":
      case "session_closed":
      case "store_failed":
        return error.code;
      default:
        return error satisfies never;
    }
  };
  expect(Object.values(make).map((construct) => told(construct()))).toHaveLength(14);
  expectTypeOf<AnyVmsError["code"]>().toEqualTypeOf<VmsErrorCode>();
});

test("the guard narrows `unknown`", () => {
  const caught: unknown = new AccountUnavailable("fake", "what.", { reason: "pending" });
  if (!isVmsError(caught)) throw new Error("unreachable");
  expectTypeOf(caught).toEqualTypeOf<AnyVmsError>();
  expect(caught.code === "account_unavailable" && caught.reason).toBe("pending");
});
