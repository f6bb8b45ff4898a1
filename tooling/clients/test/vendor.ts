import { createHash } from "node:crypto";
import { once } from "node:events";
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { setImmediate as nextTurn } from "node:timers/promises";
import { type AltaServer, createAltaServer } from "@vms/simulator";
import { onTestFinished } from "vitest";

/** A received call other than a login. */
export interface ReceivedCall {
  readonly method: string;
  /** The path without the query. */
  readonly path: string;
  readonly origin: string;
  readonly headers: IncomingHttpHeaders;
  readonly length: number;
  readonly sha256: string;
  /** The body, if it has at most 64 KiB. */
  readonly body: Buffer;
  readonly status: number;
}

/** A vendor with routes for uploads, downloads and redirects, and the simulator's logins and credentials. */
export interface Vendor {
  readonly simulator: AltaServer;
  readonly origin: string;
  /** Another origin of the same vendor. */
  readonly second: string;
  readonly calls: readonly ReceivedCall[];
  /** Lets the calls of `gate` continue. */
  openGate(): void;
  /** Resolves when a call has arrived at `gate` or at a route that stalls. */
  arrival(path: string): Promise<void>;
  close(): Promise<void>;
}

export const sha256 = (bytes: Uint8Array | string): string => createHash("sha256").update(bytes).digest("hex");

const CHUNK = Buffer.alloc(65_536, "0123456789abcdef");

/** The digest of a download. */
export function sha256OfDownload(bytes: number): string {
  const hash = createHash("sha256");
  for (const chunk of chunksOf(bytes)) hash.update(chunk);
  return hash.digest("hex");
}

function* chunksOf(bytes: number): Generator<Buffer> {
  for (let left = bytes; left > 0; left -= CHUNK.length) yield CHUNK.subarray(0, left);
}

/** Error statuses with their content types and bodies. */
export const ERRORS = {
  404: { type: "application/json", body: { message: "not found" } },
  422: { type: "application/json", body: { errors: { name: ["is missing"] } } },
  500: { type: "text/plain", body: "broken" },
} as const;

/** @param isPublic whether calls need no credential, so that the bare `fetch` can make them. */
export async function startVendor({ isPublic = false }: { isPublic?: boolean } = {}): Promise<Vendor> {
  const simulator = createAltaServer();
  const calls: ReceivedCall[] = [];
  const gate = Promise.withResolvers<void>();
  const arrivals = new Map<string, PromiseWithResolvers<void>>();
  const arrivalOf = (path: string) => {
    const known = arrivals.get(path) ?? Promise.withResolvers<void>();
    arrivals.set(path, known);
    return known;
  };

  const passOn = async (request: IncomingMessage, response: ServerResponse, path?: string) => {
    const url = `http://${request.headers.host}${path ?? request.url}`;
    const method = path === undefined ? (request.method ?? "") : "GET";
    const body = path === undefined && method !== "GET" ? new Uint8Array(await buffer(request)) : undefined;
    const headers = new Headers(request.headersDistinct as Record<string, never>);
    const { signal } = new AbortController();
    const answer = await simulator.receive({ method, url, headers, body, signal });
    if (answer === "dropped") throw new Error("The simulator dropped a connection.");
    if (path !== undefined && answer.status === 200) return 200;
    for (const name of new Set(answer.headers.keys())) {
      response.setHeader(
        name,
        name === "set-cookie" ? answer.headers.getSetCookie() : (answer.headers.get(name) ?? ""),
      );
    }
    response.writeHead(answer.status).end(answer.body);
    return answer.status;
  };

  const route = async (request: IncomingMessage, response: ServerResponse) => {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://localhost");
    if (pathname.startsWith("/api/v1/")) return void (await passOn(request, response));
    if (pathname === "/stall/upload") return arrivalOf(pathname).resolve(); // and reads nothing
    const hash = createHash("sha256");
    const kept: Buffer[] = [];
    let length = 0;
    for await (const chunk of request as AsyncIterable<Buffer>) {
      hash.update(chunk);
      length += chunk.length;
      if (length <= 65_536) kept.push(chunk);
    }
    const received = {
      method: request.method ?? "",
      path: pathname,
      origin: `http://${request.headers.host}`,
      headers: request.headers,
      length,
      sha256: hash.digest("hex"),
      body: Buffer.concat(kept),
    };
    const refused = isPublic ? 200 : await passOn(request, response, "/api/v1/me");
    if (refused !== 200) return void calls.push({ ...received, status: refused });
    const answer = (status: number, headers: Record<string, string | number>) => {
      calls.push({ ...received, status });
      return response.writeHead(status, headers);
    };
    const [, name = "", argument = ""] = pathname.split("/");
    if (name === "download") {
      const bytes = Number(argument);
      answer(200, { "content-type": "application/octet-stream", "content-length": bytes });
      return void (await pipeline(chunksOf(bytes), response));
    }
    if (name === "redirect") {
      return void answer(Number(argument), { location: searchParams.get("to") ?? "" }).end();
    }
    if (name === "status") {
      const { type, body } = ERRORS[Number(argument) as keyof typeof ERRORS];
      return void answer(Number(argument), { "content-type": type }).end(
        typeof body === "string" ? body : JSON.stringify(body),
      );
    }
    if (pathname === "/stall/download") {
      answer(200, { "content-type": "application/octet-stream", "content-length": 50_000_000 }).write(CHUNK);
      return arrivalOf(pathname).resolve();
    }
    if (pathname === "/gate") {
      arrivalOf(pathname).resolve();
      await gate.promise;
    }
    const { method } = received;
    answer(200, { "content-type": "application/json" }).end(
      JSON.stringify({ data: { method, length, sha256: received.sha256, save: { length } } }),
    );
  };

  const servers = [0, 1].map(() =>
    createServer((request, response) => {
      // A client that aborts closes its connection.
      route(request, response).catch(() => response.destroy());
    }),
  );
  const [origin = "", second = ""] = await Promise.all(servers.map(listen));
  const close = async () => {
    gate.resolve();
    await Promise.all(servers.map(stop));
    await nextTurn();
  };
  onTestFinished(close);
  return {
    simulator,
    origin,
    second,
    calls,
    openGate: gate.resolve,
    arrival: (path) => arrivalOf(path).promise,
    close,
  };
}

async function listen(server: Server): Promise<string> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
