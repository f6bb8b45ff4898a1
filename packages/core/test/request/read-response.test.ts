import { expect, test } from "vitest";
import type { Schema } from "../../src/contract/schema.ts";
import { readResponse } from "../../src/request/read-response.ts";

const NOW = Date.UTC(2026, 0, 1);

const named: Schema<{ name: string }> = {
  "~standard": {
    version: 1,
    vendor: "test",
    validate: (value) =>
      typeof (value as { name?: unknown } | null)?.name === "string"
        ? { value: value as { name: string } }
        : { issues: [{ message: `${JSON.stringify(value)} is wrong`, path: ["name"] }] },
  },
};

const answer = (status: number, text = "", headers: Record<string, string> = {}) =>
  readResponse("fake", "POST https://vendor.example/login", new Response(null, { status, headers }), text, {
    vendorNow: NOW,
    unreadable: 10_000,
  });

for (const [status, ok] of [
  [200, true],
  [201, true],
  [204, true],
  [299, true],
  [300, false],
  [304, false],
  [400, false],
  [401, false],
  [500, false],
] as const) {
  test(`${status} is ${ok ? "" : "not "}ok`, () => {
    expect(answer(status)).toMatchObject({ status, ok });
  });
}

test("json() returns the schema's output, including unknown keys", () => {
  expect(answer(200, '{"name":"a","later":1}').json(named)).toEqual({ name: "a", later: 1 });
});

test("json() reads a body of any status, because errors have shapes too", () => {
  expect(answer(400, '{"name":"a"}').json(named)).toEqual({ name: "a" });
});

for (const [what, text, type, says] of [
  ["an empty body", "", "application/json", "is empty"],
  ["HTML", "<!doctype html><p>made-up-secret", "text/html", "HTML or XML"],
  ["HTML that calls itself JSON", "\n  <html>made-up-secret", "application/json", "HTML or XML"],
  ["truncated JSON", '{"name":"made-up-secret', "application/json", "truncated or malformed JSON"],
  ["a text", "made-up-secret", "text/plain", "another format"],
  ["something without a type", "made-up-secret", "", "another format"],
] as const) {
  test(`json() of ${what} reports the problem and quotes nothing`, () => {
    const got = answer(200, text, type === "" ? {} : { "content-type": type });
    let caught: unknown;
    try {
      got.json(named);
    } catch (error) {
      caught = error;
    }
    expect(caught).toMatchObject({ code: "unexpected_response", status: 200, paths: [] });
    expect((caught as Error).message).toContain(says);
    expect((caught as Error).message).toContain("POST https://vendor.example/login");
    expect((caught as Error).message).not.toContain("made-up-secret");
  });
}

test("json() of another shape names the paths without values", () => {
  expect(() => answer(201, '{"name":["made-up-secret"]}').json(named)).toThrow(
    expect.objectContaining({
      code: "unexpected_response",
      status: 201,
      paths: ["name"],
      message: expect.not.stringContaining("made-up-secret"),
    }),
  );
});

test("json() with an asynchronous schema is rejected", () => {
  const later: Schema<unknown> = {
    "~standard": { version: 1, vendor: "test", validate: async (value) => ({ value }) },
  };
  expect(() => answer(200, "{}").json(later)).toThrow(expect.objectContaining({ code: "unexpected_response" }));
});

test("paths are listed once, at most 20 of them, each part truncated", () => {
  const issues = [
    ...Array.from({ length: 30 }, (_, index) => ({ message: "", path: ["list", index] })),
    { message: "", path: ["list", 0] },
  ];
  const many: Schema<unknown> = { "~standard": { version: 1, vendor: "test", validate: () => ({ issues }) } };
  expect(() => answer(200, "{}").json(many)).toThrow(
    expect.objectContaining({ paths: Array.from({ length: 20 }, (_, index) => `list.${index}`) }),
  );
  const long: Schema<unknown> = {
    "~standard": {
      version: 1,
      vendor: "test",
      validate: () => ({ issues: [{ message: "", path: ["k".repeat(500), Symbol("s")] }] }),
    },
  };
  expect(() => answer(200, "{}").json(long)).toThrow(
    expect.objectContaining({ paths: [`${"k".repeat(40)}.Symbol(s)`] }),
  );
});

test("safeJson() is undefined if json() would throw", () => {
  expect(answer(400, '{"name":"a"}').safeJson(named)).toEqual({ name: "a" });
  for (const text of ["", "<p>", "{", "null", '{"name":1}']) expect(answer(400, text).safeJson(named)).toBeUndefined();
});

test("safeJson() works when destructured", () => {
  const { safeJson } = answer(400, '{"name":"a"}');
  expect(safeJson(named)).toEqual({ name: "a" });
});

test("toError() of 429 is rate_limited, with `retryAfter`", () => {
  expect(answer(429, "made-up-secret", { "retry-after": "7" }).toError()).toMatchObject({
    code: "rate_limited",
    status: 429,
    retryAfter: 7_000,
    retryable: true,
    message: expect.stringContaining("7 s"),
  });
  const date = new Date(NOW + 90_000).toUTCString();
  expect(answer(429, "", { "retry-after": date }).toError()).toMatchObject({ retryAfter: 90_000 });
  expect(Object.hasOwn(answer(429).toError(), "retryAfter")).toBe(false);
});

for (const status of [500, 502, 503, 599]) {
  test(`toError() of ${status} is vendor_unavailable`, () => {
    const failure = answer(status, "made-up-secret", { "retry-after": "3" }).toError();
    expect(failure).toMatchObject({ code: "vendor_unavailable", status, retryable: true, retryAfter: 3_000 });
    expect(failure.message).not.toContain("made-up-secret");
  });
}

for (const status of [200, 301, 307, 400, 401, 403, 404, 409, 418]) {
  test(`toError() of ${status} is unexpected_response, and not retryable`, () => {
    const headers = { location: "https://evil.example/?made-up-secret" };
    const failure = answer(status, "made-up-secret", headers).toError();
    expect(failure).toMatchObject({ code: "unexpected_response", status, retryable: false });
    expect(failure.message).toContain(String(status));
    expect(failure.message.includes("redirect")).toBe(status >= 300 && status < 400);
    expect(failure.message).not.toContain("made-up-secret");
  });
}
