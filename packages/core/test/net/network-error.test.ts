import { createServer, type Socket } from "node:net";
import { describe, expect, it, onTestFinished, test } from "vitest";
import { isNetworkError, isPortRefused, networkCode, plainNetworkError } from "../../src/net/network-error.ts";

/** The error of `fetch` for a server that responds with `respond`, in the headers or in the body. */
async function failureOf(respond: (socket: Socket) => void, init?: RequestInit): Promise<unknown> {
  const server = createServer((socket) => {
    socket.on("error", () => {});
    socket.once("data", () => respond(socket));
  });
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  return reasonOf(`http://127.0.0.1:${port}`, init);
}

async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function reasonOf(url: string, init?: RequestInit): Promise<unknown> {
  return fetch(url, init)
    .then((response) => response.text())
    .then(
      () => expect.fail("it should have failed"),
      (reason: unknown) => reason,
    );
}

it("has a code for a response that is not HTTP", async () => {
  const error = await failureOf((socket) => socket.end("HTTP/1.1 200 OK\r\nbad header\r\n\r\n"));
  expect(networkCode(error)).toMatch(/^HPE_\w+$/);
  expect(plainNetworkError(error).cause).toMatchObject({ code: networkCode(error) });
});

describe("a network failure in this runtime's fetch", () => {
  const head = "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n";
  const failing: Readonly<Record<string, () => Promise<unknown>>> = {
    "a closed connection": () => failureOf((socket) => socket.destroy()),
    "a body that ends too early": () => failureOf((socket) => socket.end(`${head}\r\nabc`)),
    "a damaged body": () =>
      failureOf((socket) => socket.end(`${head}content-encoding: gzip\r\n\r\n${"a".repeat(100)}`)),
    "a refused connection": async () => reasonOf(`http://127.0.0.1:${await closedPort()}`),
    "an unknown host": () => reasonOf("http://vendor.invalid"),
    "its own time limit": () => failureOf(() => {}, { signal: AbortSignal.timeout(20) }),
  };
  for (const [name, fail] of Object.entries(failing)) {
    test(`is ${name}, with a code`, async () => {
      const error = await fail();
      expect(isNetworkError(error)).toBe(true);
      expect(networkCode(error)).toMatch(/^\w{3,}$/);
      expect(isPortRefused(error)).toBe(false);
    });
  }
});

const coded = (code: string, Type = Error) => Object.assign(new Type("made up"), { code });

function codeIn(error: unknown): string {
  const { code, cause } = Object(error) as { code?: unknown; cause?: { code?: unknown } };
  return String(code ?? cause?.code ?? "no code");
}

describe("a network failure in another runtime", () => {
  const elsewhere: readonly unknown[] = [
    new TypeError("Failed to fetch"),
    new TypeError("NetworkError when attempting to fetch resource."),
    new TypeError("fetch failed", { cause: new Error("error sending request for url (https://vendor.example/)") }),
    new TypeError("error reading a body from connection"),
    new Error("Network connection lost."),
    new Error("internal error; reference = made-up"),
    coded("ConnectionRefused"),
    coded("ECONNREFUSED", TypeError),
    coded("UND_ERR_HEADERS_TIMEOUT"),
    coded("CERT_HAS_EXPIRED"),
    coded("ERR_TLS_CERT_ALTNAME_INVALID"),
    new Error("made up", { cause: coded("EAI_AGAIN") }),
    new TypeError("fetch failed", { cause: coded("EMFILE") }),
    new TypeError("fetch failed"),
    new DOMException("This operation was aborted", "AbortError"),
  ];
  for (const error of elsewhere) {
    test(`is ${String(error)} (${codeIn(error)})`, () => {
      expect(isNetworkError(error)).toBe(true);
    });
  }
});

describe("an error of the program", () => {
  const others: readonly unknown[] = [
    new ReferenceError("audit is not defined"),
    new TypeError("response.body.getReader is not a function"),
    coded("DYNAMIC_SERVER_USAGE"),
    coded("NEXT_STATIC_GEN_BAILOUT"),
    coded("HANGING_PROMISE_REJECTION"),
    coded("NEXT_NOT_FOUND"),
    coded("ENOENT"),
    coded("ERR_INVALID_ARG_TYPE", TypeError),
    new TypeError("fetch failed", { cause: coded("UND_ERR_INVALID_ARG") }),
    new TypeError("fetch failed", { cause: coded("UND_ERR_REQ_CONTENT_LENGTH_MISMATCH") }),
    "ECONNREFUSED",
    null,
    undefined,
    { code: 23 },
  ];
  for (const error of others) {
    test(`${String(error)} (${codeIn(error)}) is no network failure, and its code is not shown`, () => {
      expect(isNetworkError(error)).toBe(false);
      expect(networkCode(error)).toBeUndefined();
    });
  }

  test("a redirect that the caller has forbidden is no network failure", async () => {
    const moved = await failureOf(
      (socket) => socket.end("HTTP/1.1 302 Found\r\nlocation: /a\r\ncontent-length: 0\r\n\r\n"),
      { redirect: "error" },
    );
    expect(isNetworkError(moved)).toBe(false);
  });

  test("a port that the runtime refuses is no network failure", async () => {
    const refused = await reasonOf("http://127.0.0.1:5061");
    expect(isNetworkError(refused)).toBe(false);
    expect(isPortRefused(refused)).toBe(true);
  });

  for (const [what, url, init] of [
    ["scheme", "acme://vendor.example", {}],
    ["header", "https://vendor.example", { headers: { "x-name": "東" } }],
    ["method", "https://vendor.example", { method: "TRACE" }],
    ["body", "https://vendor.example", { body: "a" }],
  ] as const) {
    test(`a ${what} that fetch refuses is no network failure`, async () => {
      expect(isNetworkError(await reasonOf(url, init))).toBe(false);
    });
  }
});
