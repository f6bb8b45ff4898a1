import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Flow } from "../../src/contract/flow/flow.ts";
import type { FlowContext, FlowRequest } from "../../src/contract/flow/flow-context.ts";
import type { SessionOptions } from "../../src/contract/options.ts";
import { checkOptions } from "../../src/contract/settings.ts";
import { createFlowContext } from "../../src/login/flow-context.ts";
import type { FlowRun } from "../../src/login/flow-run.ts";
import { LoginHistory } from "../../src/login/history/login-history.ts";
import { LoginCredentials } from "../../src/login/login-credentials.ts";
import { redact } from "../../src/login/redact.ts";
import { SharedAttempt } from "../../src/login/shared-attempt.ts";
import { VendorClock } from "../../src/login/vendor-clock.ts";
import { MAX_RESPONSE_BYTES, readBody } from "../../src/net/read-body.ts";
import { startDeadline } from "../../src/util/deadline.ts";
import { CREDENTIALS, fakeVendor } from "../fake-vendor.ts";
import { virtualClock } from "../virtual-clock.ts";

interface Sent {
  readonly url: string;
  readonly init: RequestInit;
}

/** A sign-in whose vendor sends the given responses. */
function talk(
  answer: (sent: Sent) => Response | Promise<Response>,
  options: Partial<SessionOptions> = {},
  baseUrl = "https://vendor.example/rest/",
) {
  const sent: Sent[] = [];
  const controller = new AbortController();
  const clock = virtualClock();
  const flow: Flow<unknown, unknown> = {
    ...(fakeVendor(clock).flow as Flow<unknown, unknown>),
    baseUrl: new URL(baseUrl),
  };
  const settings = checkOptions("fake", {
    credentials: CREDENTIALS,
    fetch: async (input, init) => {
      const request = { url: String(input), init: init ?? {} };
      sent.push(request);
      return answer(request);
    },
    ...options,
  });
  const setup = { flow, settings, clock, repository: undefined, emit: () => {} };
  const attempt = new SharedAttempt<unknown, unknown>({ history: new LoginHistory() });
  const run: FlowRun<unknown, unknown> = {
    setup,
    attempt,
    account: CREDENTIALS.username,
    signal: controller.signal,
    credentials: new LoginCredentials(setup),
    previous: undefined,
    draft: {},
  };
  const deadline = startDeadline(clock, settings.timeout, () => new Error("too late"));
  const vendorClock = new VendorClock(clock);
  const context = createFlowContext(run, controller.signal, deadline, vendorClock);
  return { context, vendorClock, sent, controller, clock };
}

const ok = () => new Response("{}");
const bytes = (size: number) => new Uint8Array(size).fill(0x61);

function chunked(chunks: readonly Uint8Array[]): ReadableStream<Uint8Array> {
  const rest = [...chunks];
  return new ReadableStream(
    {
      pull(controller) {
        const chunk = rest.shift();
        if (chunk === undefined) controller.close();
        else controller.enqueue(chunk);
      },
    },
    { highWaterMark: 0 },
  );
}

describe("a response's body", () => {
  test("the limit is 1 MiB", () => {
    expect(MAX_RESPONSE_BYTES).toBe(2 ** 20);
  });

  const cut = (total: number, size: number) =>
    Array.from({ length: Math.ceil(total / size) }, (_, index) => bytes(Math.min(size, total - index * size)));
  for (const [what, split] of [
    ["at once", (total: number) => [bytes(total)]],
    ["in pieces", (total: number) => cut(total, 65_521)],
    ["with its last byte alone", (total: number) => [bytes(total - 1), bytes(1)]],
  ] as const) {
    test(`of exactly 1 MiB is accepted, and one more byte is not, if it comes ${what}`, async () => {
      const { context } = talk(() => new Response(chunked(split(MAX_RESPONSE_BYTES))));
      expect(await context.send("a")).toMatchObject({ status: 200, ok: true });
      const larger = talk(() => new Response(chunked(split(MAX_RESPONSE_BYTES + 1)), { status: 201 }));
      await expect(larger.context.send("a")).rejects.toMatchObject({
        code: "unexpected_response",
        status: 201,
        retryable: false,
        message: expect.stringContaining("1048576"),
      });
    });
  }

  test("that never ends is cancelled at the limit", async () => {
    let given = 0;
    let cancelled = false;
    const endless = new ReadableStream(
      {
        pull(controller) {
          given += 65_536;
          controller.enqueue(bytes(65_536));
        },
        cancel() {
          cancelled = true;
        },
      },
      { highWaterMark: 0 },
    );
    await expect(talk(() => new Response(endless)).context.send("a")).rejects.toMatchObject({
      code: "unexpected_response",
    });
    expect(given).toBe(MAX_RESPONSE_BYTES + 65_536);
    expect(cancelled).toBe(true);
  });

  test("that is not UTF-8 is read with replacement characters, without an error", async () => {
    for (const [raw, text] of [
      [[0xff, 0xfe], "\uFFFD\uFFFD"],
      [[0x61, 0xc3], "a\uFFFD"],
      [[0xef, 0xbb, 0xbf, 0x7b, 0x7d], "{}"],
    ] as const) {
      expect(await readBody(new Response(new Uint8Array(raw)), 100)).toBe(text);
    }
    const { context } = talk(() => new Response(new Uint8Array([0x22, 0xff, 0x22])));
    expect((await context.send("a")).status).toBe(200);
  });

  test("is the same text however it is split into chunks", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "grapheme" }), fc.integer({ min: 1, max: 5 }), async (text, size) => {
        const all = new TextEncoder().encode(text);
        const pieces = Array.from({ length: Math.ceil(all.length / size) }, (_, at) =>
          all.slice(at * size, (at + 1) * size),
        );
        // The decoder drops a byte order mark, as `Response.text()` does.
        expect(await readBody(new Response(chunked(pieces)), 1_000)).toBe(await new Response(text).text());
      }),
    );
  });

  test("that ends early is a retryable vendor_unavailable", async () => {
    const broken = new ReadableStream({
      pull(controller) {
        controller.error(Object.assign(new TypeError("terminated"), { cause: { code: "UND_ERR_SOCKET" } }));
      },
    });
    await expect(talk(() => new Response(broken)).context.send("a")).rejects.toMatchObject({
      code: "vendor_unavailable",
      retryable: true,
      message: expect.stringContaining("UND_ERR_SOCKET"),
    });
  });

  test("is an empty text if it is absent", async () => {
    expect(await readBody(new Response(null, { status: 204 }), 1)).toBe("");
  });
});

describe("a request", () => {
  for (const [path, url] of [
    ["login", "https://vendor.example/rest/login"],
    ["/login", "https://vendor.example/rest/login"],
    ["login?a=1", "https://vendor.example/rest/login?a=1"],
    ["https://auth.example/token", "https://auth.example/token"],
    [new URL("https://auth.example/token"), "https://auth.example/token"],
  ] as const) {
    test(`to ${String(path)} goes to ${url}`, async () => {
      const { context, sent } = talk(ok);
      await context.send(path);
      expect(sent.map((one) => one.url)).toEqual([url]);
    });
  }

  test("has the given method, body and headers, and follows no redirect", async () => {
    const { context, sent } = talk(ok, { userAgent: "mine" });
    const form = new URLSearchParams({ a: "1" });
    const requests: FlowRequest[] = [
      { json: { a: "ä" } },
      { method: "GET" },
      { body: form },
      { method: "PUT", json: null, headers: { accept: "x/y", "x-own": "1" } },
    ];
    for (const request of requests) await context.send("a", request);
    expect(sent.map(({ init }) => [init.method, init.body, init.redirect])).toEqual([
      ["POST", '{"a":"ä"}', "manual"],
      ["GET", null, "manual"],
      ["POST", form, "manual"],
      ["PUT", "null", "manual"],
    ]);
    expect(sent[0]?.init.headers).toEqual({
      accept: "application/json",
      "content-type": "application/json",
      "user-agent": "mine",
    });
    expect(sent[2]?.init.headers).not.toHaveProperty("content-type");
    expect(sent[3]?.init.headers).toMatchObject({ accept: "x/y", "x-own": "1" });
  });

  test("over plain HTTP is rejected before it is sent", async () => {
    const { context, sent } = talk(ok);
    await expect(context.send("http://auth.example/token")).rejects.toMatchObject({ code: "insecure_transport" });
    expect(sent).toHaveLength(0);
  });

  test("is not sent after all callers have left, and fails with the signal's reason", async () => {
    const early = talk(ok);
    early.controller.abort(new Error("my reason"));
    await expect(early.context.send("a")).rejects.toThrow("my reason");
    expect(early.sent).toHaveLength(0);
    // A `fetch` that ignores its signal is not waited for.
    const late = talk(() => new Promise<never>(() => {}));
    const wait = late.context.send("a");
    late.controller.abort(new Error("my reason"));
    await expect(wait).rejects.toThrow("my reason");
  });

  test("that fails names the call without its query, and the network's code", async () => {
    const failure = Object.assign(new TypeError("fetch failed"), { cause: { code: "ECONNREFUSED" } });
    const { context } = talk(() => Promise.reject(failure));
    await expect(context.send("login?password=made-up-secret")).rejects.toMatchObject({
      code: "vendor_unavailable",
      retryable: true,
      message: expect.stringMatching(
        /^\[@vms\/fake\] the vendor did not answer POST https:\/\/vendor\.example\/rest\/login \(ECONNREFUSED\)/,
      ),
    });
  });
});

test("a login starts with its first request, and takes the vendor's time from the last Date", async () => {
  const { context, vendorClock, clock } = talk(
    () => new Response("{}", { headers: { date: new Date(clock.now() + 60_000).toUTCString() } }),
  );
  expect([vendorClock.startedAt, vendorClock.offset]).toEqual([clock.now(), 0]);
  const began = clock.now();
  await context.send("a");
  await clock.advance(5_000);
  await context.send("b");
  expect([vendorClock.startedAt, vendorClock.offset]).toEqual([began, 60_000]);
  expect(context.now()).toBe(began + 5_000);
});

describe("redact", () => {
  test("removes every occurrence, the longest secret first, and truncates to 300", () => {
    expect(redact("a secret, secret-er, secret", ["secret", "secret-er"])).toBe("a [redacted], [redacted], [redacted]");
    expect(redact("x".repeat(500), [])).toHaveLength(300);
    expect(redact("text", [""])).toBe("text");
  });

  test("a secret at the truncation point is not shown in part", () => {
    const text = `${"x".repeat(295)}made-up-secret`;
    expect(redact(text, ["made-up-secret"])).not.toContain("made");
  });

  test("leaves no secret in any text", () => {
    const secrets = fc.array(fc.string({ minLength: 4, unit: "grapheme" }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(secrets, fc.array(fc.string()), fc.nat(), (all, texts, chance) => {
        fc.pre(all.every((secret) => !"[redacted]".includes(secret) && !secret.includes("[") && !secret.includes("]")));
        const text = texts.map((one, index) => one + (all[(index + chance) % all.length] ?? "")).join("");
        const left = redact(text, all);
        for (const secret of all) expect(left).not.toContain(secret);
      }),
    );
  });

  const known: [string, (context: FlowContext) => Promise<unknown>][] = [
    ["the password that was asked for", (context) => context.credentials()],
    [
      "a text of a JSON body, at any depth",
      (context) => context.send("a", { json: { a: [{ b: CREDENTIALS.password }] } }),
    ],
    ["a field of a form", (context) => context.send("a", { body: new URLSearchParams({ p: CREDENTIALS.password }) })],
    ["a header's value", (context) => context.send("a", { headers: { "x-token": CREDENTIALS.password } })],
    [
      "a token behind its scheme",
      (context) => context.send("a", { headers: { authorization: `Bearer ${CREDENTIALS.password}` } }),
    ],
    ["a parameter of the query", (context) => context.send(`a?token=${CREDENTIALS.password}`)],
  ];
  for (const [what, step] of known) {
    test(`in a sign-in knows ${what}`, async () => {
      const { context } = talk(ok);
      await step(context);
      expect(context.redact(`You sent ${CREDENTIALS.password}.`)).toBe("You sent [redacted].");
    });
  }

  test("a secret is removed in the forms of JSON, a URL, a form and HTML", () => {
    const secret = `p"a<s>s&w\\d ü'`;
    const forms = [
      secret,
      JSON.stringify(secret),
      JSON.stringify(secret).slice(1, -1),
      encodeURIComponent(secret),
      new URLSearchParams({ p: secret }).toString(),
      "p&quot;a&lt;s&gt;s&amp;w\\d ü'",
      "p&#34;a&#60;s&#62;s&#38;w\\d ü&#39;",
    ];
    for (const form of forms) expect(redact(`sent: ${form}.`, [secret])).toMatch(/^sent: "?(p=)?\[redacted\]"?\.$/);
  });

  test("in a sign-in knows short passwords, and keeps short texts of a body", async () => {
    const { context } = talk(ok);
    await context.send("a", { json: { flag: "yes", n: 1, none: null, code: "4711" } });
    expect(context.redact("yes 1 4711")).toBe("yes 1 [redacted]");
  });

  test("in a sign-in knows the values of cookies, and keeps safe headers and short parts of the others", async () => {
    const { context } = talk(ok);
    const cookie = "a=1234567; sid=made-up-8; padded=bWFkZS11cA==";
    await context.send("a", { headers: { Accept: "text/made-up", "x-keys": "short 7654321", cookie } });
    expect(context.redact("text/made-up 7654321 1234567")).toBe("text/made-up 7654321 1234567");
    expect(context.redact("<made-up-8> <bWFkZS11cA==>")).toBe("<[redacted]> <[redacted]>");
  });
});
