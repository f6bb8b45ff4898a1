import { describe, expect, test, vi } from "vitest";
import { checkOptions } from "../../src/contract/settings.ts";
import { createSession, parseBaseUrl } from "../../src/flow.ts";
import { InvalidOptions, memoryStore, type SessionOptions } from "../../src/index.ts";
import { CREDENTIALS, fakeVendor } from "../fake-vendor.ts";
import { shown } from "../shown.ts";

const check = (options: Record<string, unknown>) =>
  checkOptions("fake", { credentials: CREDENTIALS, ...options } as unknown as SessionOptions);

function refusalOf(make: () => unknown): InvalidOptions {
  try {
    make();
  } catch (error) {
    expect(error).toBeInstanceOf(InvalidOptions);
    return error as InvalidOptions;
  }
  throw new Error("it was taken");
}

describe("parseBaseUrl", () => {
  for (const [value, href] of [
    ["https://vendor.example", "https://vendor.example/"],
    ["https://vendor.example/", "https://vendor.example/"],
    ["HTTPS://Vendor.Example", "https://vendor.example/"],
    ["  https://vendor.example  ", "https://vendor.example/"],
    ["https://vendor.example:443", "https://vendor.example/"],
    ["https://vendor.example:8443/rest", "https://vendor.example:8443/rest/"],
    ["https://vendor.example/rest/v1/", "https://vendor.example/rest/v1/"],
    ["http://127.0.0.1:1/", "http://127.0.0.1:1/"],
    ["https://[::1]/a", "https://[::1]/a/"],
    ["https://vendor.example/a b", "https://vendor.example/a%20b/"],
    // A trailing question mark or hash would turn each joined path into a query or a fragment.
    ["https://vendor.example/rest?", "https://vendor.example/rest/"],
    ["https://vendor.example/rest/#", "https://vendor.example/rest/"],
    ["https://vendor.example?#", "https://vendor.example/"],
    [new URL("https://vendor.example/rest"), "https://vendor.example/rest/"],
  ] as const) {
    test(`${String(value)} is read as ${href}`, () => {
      expect(parseBaseUrl("fake", value).href).toBe(href);
    });
  }

  test("a given URL object is not changed", () => {
    const given = new URL("https://vendor.example/rest");
    parseBaseUrl("fake", given);
    expect(given.href).toBe("https://vendor.example/rest");
  });

  for (const [value, says] of [
    [undefined, /missing/],
    [null, /missing/],
    ["", /missing/],
    ["   ", /missing/],
    [7, /missing/],
    [{}, /missing/],
    ["vendor.example", /https:\/\//],
    ["//vendor.example", /https:\/\//],
    ["https:vendor.example", /https:\/\//],
    ["ftp://vendor.example", /https:\/\//],
    ["file:///etc/passwd", /https:\/\//],
    ["javascript:alert(1)", /https:\/\//],
    ["localhost:8000", /https:\/\//],
    [new URL("ftp://vendor.example"), /https:\/\//],
    ["https://", /not a valid URL/],
    ["https://ven dor.example", /not a valid URL/],
    ["https://vendor.example:99999", /not a valid URL/],
    ["https://vendor.example?a=1", /query/],
    ["https://vendor.example/#top", /fragment/],
    ["https://operator:made-up-secret@vendor.example", /user name or password/],
    ["https://made-up-secret@vendor.example", /user name or password/],
    ["https://:made-up-secret@vendor.example", /user name or password/],
    [new URL("https://operator:made-up-secret@vendor.example"), /user name or password/],
    ["https://operator:made-up-secret@ven dor.example", /not a valid URL/],
  ] as const) {
    test(`${String(value)} is rejected: ${says.source}`, () => {
      const error = refusalOf(() => parseBaseUrl("fake", value));
      expect(error.message).toMatch(/^\[@vms\/fake\] `baseUrl` /);
      expect(error.message).toMatch(says);
      expect(shown(error)).not.toContain("made-up-secret");
    });
  }
});

describe("checkOptions", () => {
  test("requires only credentials", () => {
    expect(checkOptions("fake", { credentials: CREDENTIALS })).toMatchObject({
      timeout: 30_000,
      allowInsecureHttp: false,
      allowedOrigins: [],
      userAgent: "vms-fake",
      retry: { attempts: 3, minDelay: 500, maxDelay: 10_000, maxRetryAfter: 20_000 },
    });
  });

  for (const value of [undefined, null, 7, "options"]) {
    test(`${String(value)} instead of options is refused`, () => {
      expect(refusalOf(() => checkOptions("fake", value as never)).message).toContain("options");
    });
  }

  const numbers = ["timeout", "renewBefore", "lifetime", "idleTimeout"];
  const retries = ["attempts", "minDelay", "maxDelay", "maxRetryAfter"];
  const notNumbers = [
    Number.NaN,
    -1,
    0,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    "5",
    null,
    {},
    [],
    true,
    5n,
  ];
  for (const name of [...numbers, ...retries.map((retry) => `retry.${retry}`)]) {
    test(`\`${name}\` must be a number above 0`, () => {
      const given = (value: unknown) =>
        name.startsWith("retry.") ? { retry: { [name.slice("retry.".length)]: value } } : { [name]: value };
      for (const value of notNumbers) {
        expect(refusalOf(() => check(given(value))).message, String(value)).toContain(`\`${name}\``);
      }
      expect(() => check(given(1))).not.toThrow();
      expect(() => check(given(undefined))).not.toThrow();
    });
  }

  test("`retry.attempts` must be a whole number", () => {
    expect(refusalOf(() => check({ retry: { attempts: 1.5 } })).message).toContain("`retry.attempts`");
  });

  const wrong: Record<string, readonly unknown[]> = {
    credentials: [
      undefined,
      null,
      7,
      "operator:made-up-secret",
      {},
      { username: "a" },
      { username: "a", password: "" },
    ],
    fetch: [null, "fetch", {}, 7],
    now: [null, 7, "now", new Date(0)],
    store: [null, 7, "redis://made-up-secret@host", {}, [], { get() {}, set() {} }],
    allowInsecureHttp: [null, "true", 1],
    userAgent: [null, 7, "", "a\nb", "a\r\nx-evil: 1", "ä", "a\u0000"],
    retry: [null, 7, "often"],
    allowedOrigins: [
      null,
      "https://media.example",
      7,
      {},
      [null],
      [7],
      [""],
      ["media.example"],
      ["*"],
      ["https://*"],
      ["https://*."],
      ["*.example"],
      ["ftp://media.example"],
      ["wss://media.example"],
      ["https://media.example/path"],
      ["https://media.example\\path"],
      ["https://media.example?a"],
      ["https://media.example#a"],
      ["https://a.*.example"],
      ["https://*.*.example"],
      ["https://operator:made-up-secret@media.example"],
      ["https://media.example:99999"],
      ["https://media.example", "media.example"],
      ["https://media.example."],
      ["https://*.example.com."],
      ["https://*.com."],
      ["https://*..com"],
      ...["com", "example", "localhost", "co.uk", "com.au", "github.io", "herokuapp.com", "azurewebsites.net"].map(
        (suffix) => [`https://*.${suffix}`],
      ),
      ...["cloudfront.net", "s3.amazonaws.com", "eu-west-1.compute.amazonaws.com", "CO.UK", "GitHub.io:8443"].map(
        (suffix) => [`https://*.${suffix}/`],
      ),
      ["https://*.10.0.0.7"],
      ["https://*.0.0.7"],
      ["https://*.[::1]"],
      [new URL("https://media.example")],
    ],
    sessionEndedOn: [null, "403", 403, true],
  };
  for (const [name, values] of Object.entries(wrong)) {
    for (const value of values) {
      const text = typeof value === "object" ? JSON.stringify(value) : JSON.stringify(String(value));
      test(`\`${name}\` cannot be ${text}`, () => {
        const error = refusalOf(() => check({ [name]: value }));
        expect(error.message).toMatch(/^\[@vms\/fake\] /);
        expect(error.message).toContain(`\`${name}\``);
        expect(shown(error)).not.toContain("made-up-secret");
      });
    }
  }

  const wrongSigns: Record<string, readonly unknown[]> = {
    status: [403, "403", ["403"], [200], [302], [399], [600], [403.5], [Number.NaN], null],
    redirectTo: [
      "/login",
      ["login"],
      [""],
      ["//sso.example"],
      ["/\\sso.example"],
      ["/login?next=1"],
      ["/#/login"],
      ["ftp://sso.example"],
      ["https://"],
      [new URL("https://sso.example/login")],
      null,
    ],
    html: ["yes", 1, null],
  };
  for (const [name, values] of Object.entries(wrongSigns)) {
    for (const value of values) {
      test(`\`sessionEndedOn.${name}\` cannot be ${JSON.stringify(value)}`, () => {
        const { message } = refusalOf(() => check({ sessionEndedOn: { [name]: value } }));
        expect(message).toContain(`\`sessionEndedOn.${name}\` must be`);
      });
    }
  }

  test("an unknown sign in `sessionEndedOn` is named", () => {
    const { message } = refusalOf(() => check({ sessionEndedOn: { statuses: [403] } }));
    expect(message).toContain("`sessionEndedOn`: there is no option `statuses`. Did you mean `status`?");
  });

  test("settings without `sessionEndedOn` have no property for it, and a list is copied", () => {
    expect(check({})).not.toHaveProperty("sessionEndedOn");
    const status = [403];
    const { sessionEndedOn } = check({ sessionEndedOn: { status } });
    status.push(404);
    expect(sessionEndedOn).toEqual({ status: [403], redirectTo: [], html: false });
  });

  for (const [given, read] of [
    ["https://media.example", "https://media.example"],
    ["https://media.example/", "https://media.example"],
    ["HTTPS://Media.Example:443", "https://media.example"],
    ["https://*.Example.com", "https://*.example.com"],
    ["https://*.example.com:8443", "https://*.example.com:8443"],
    ["https://*.example.co.uk", "https://*.example.co.uk"],
    ["https://*.acme.github.io", "https://*.acme.github.io"],
    ["https://acme.github.io", "https://acme.github.io"],
    ["http://10.0.0.7:80", "http://10.0.0.7"],
    ["https://[::1]:1", "https://[::1]:1"],
    ["https://bücher.example", "https://xn--bcher-kva.example"],
  ] as const) {
    test(`\`allowedOrigins\` reads ${given} as ${read}`, () => {
      expect(check({ allowedOrigins: [given] }).allowedOrigins).toEqual([read]);
    });
  }

  test("copies the credentials, so later changes by the caller have no effect", () => {
    const credentials = { username: "operator", password: "first" };
    const settings = check({ credentials });
    credentials.password = "second";
    expect(settings.credentials).toEqual({ username: "operator", password: "first" });
  });

  test("the global fetch is looked up when it is used", async () => {
    const { fetch } = check({});
    const before = globalThis.fetch;
    try {
      globalThis.fetch = async () => new Response("replaced");
      expect(await (await fetch("https://vendor.example")).text()).toBe("replaced");
    } finally {
      globalThis.fetch = before;
    }
  });

  test("accepts stores with and without a lock", () => {
    const { get, set, delete: remove } = memoryStore();
    expect(() => check({ store: memoryStore() })).not.toThrow();
    expect(() => check({ store: { get, set, delete: remove } })).not.toThrow();
  });
});

test("createSession rejects malformed options immediately, without a prompt", () => {
  const { flow, seen } = fakeVendor();
  expect(() => createSession(flow, { credentials: CREDENTIALS, timeout: -1 })).toThrow(InvalidOptions);
  expect(() => createSession(flow, {} as never)).toThrow(InvalidOptions);
  expect(seen).toHaveLength(0);
});

test("a `timeout` that is too long for a timer is rejected or sets no timer, because the timer would fire immediately", async () => {
  const vendor = fakeVendor();
  const timers = vi.spyOn(globalThis, "setTimeout");
  try {
    const options = { credentials: CREDENTIALS, fetch: vendor.fetch, timeout: 2 ** 31 };
    await createSession(vendor.flow, options)
      .login()
      .catch(() => {});
    for (const [, delay] of timers.mock.calls) expect(delay ?? 0).toBeLessThanOrEqual(2 ** 31 - 1);
  } catch (error) {
    if (!(error instanceof InvalidOptions)) throw error;
    expect(error.message).toContain("`timeout`");
  } finally {
    timers.mockRestore();
  }
});

for (const operation of ["get", "set", "withLock"] as const) {
  test(`\`timeout\` also limits a sign-in whose store never responds to ${operation}`, async () => {
    const vendor = fakeVendor();
    const never = () => new Promise<never>(() => {});
    const session = vendor.session({ store: { ...memoryStore(), [operation]: never }, timeout: 5_000 });
    let answered = false;
    session.login().then(
      () => (answered = true),
      () => (answered = true),
    );
    await vendor.clock.advance(60_000);
    expect(answered).toBe(true);
  });
}

test("`timeout` also limits a sign-in whose credentials never arrive", async () => {
  const vendor = fakeVendor();
  const session = vendor.session({ credentials: () => new Promise<never>(() => {}), timeout: 5_000 });
  let answered = false;
  session.login().catch(() => (answered = true));
  await vendor.clock.advance(60_000);
  expect(answered).toBe(true);
});
