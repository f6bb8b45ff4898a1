import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A request as the server received it, without the parts that differ between runs. */
interface SeenRequest {
  readonly method: string;
  readonly url: string;
  /** By name, with the case that was sent. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** The text of a short body, or the digest of a longer body. */
  body: string;
  complete: boolean;
}

/** Responds to a request. The request's body has been received, unless the responder was registered as `early`. */
export type Answer = (response: ServerResponse, request: IncomingMessage, body: Buffer) => void;

/** A server on loopback that records every request and sends scripted responses. */
export interface ProbeServer {
  readonly origin: string;
  /** Whether calls need the token of the last login. */
  checksTokens: boolean;
  /** Forgets the token, so that the next call is rejected. */
  revoke(): void;
  /** Responds to requests to a path, with any query, until `finish`. Other paths get a default JSON response. */
  answer(path: string, answer: Answer, options?: { early?: boolean }): void;
  /** Resolves when the headers of a request to a path have arrived, even if the request is then rejected. */
  started(path: string): Promise<void>;
  /** Resolves when a request to a path has been passed to its responder. */
  arrived(path: string): Promise<void>;
  /** Resolves when a client has disconnected from a request to a path before the end of the response. */
  left(path: string): Promise<void>;
  /** Ends open requests, and returns all requests since the last call, without logins and rejected calls. */
  finish(): Promise<readonly SeenRequest[]>;
  close(): void;
}

type Stage = "started" | "arrived" | "left";

// They differ between runs, or belong to the connection.
const VARYING: readonly string[] = ["host", "connection", "keep-alive"];

export async function startProbeServer(userAgents: readonly string[]): Promise<ProbeServer> {
  const answers = new Map<string, { answer: Answer; early: boolean }>();
  const stages = new Map<string, PromiseWithResolvers<void>>();
  const open = new Map<ServerResponse, Promise<void>>();
  let seen: SeenRequest[] = [];
  let token: string | undefined;
  let logins = 0;

  const stage = (name: Stage, path: string) => {
    const key = `${name} ${path}`;
    const reached = stages.get(key) ?? Promise.withResolvers<void>();
    stages.set(key, reached);
    return reached;
  };

  const record = (request: IncomingMessage, own: string): SeenRequest => {
    const headers: [string, string][] = [];
    for (let n = 0; n < request.rawHeaders.length; n += 2) {
      const [name = "", value = ""] = request.rawHeaders.slice(n, n + 2);
      const lower = name.toLowerCase();
      if (VARYING.includes(lower) || (lower === "user-agent" && userAgents.includes(value))) continue;
      if (lower !== "authorization" || value !== own) headers.push([name, withoutBoundary(value)]);
    }
    headers.sort(([a], [b]) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1));
    return { method: request.method ?? "", url: request.url ?? "", headers, body: "", complete: false };
  };

  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const path = (request.url ?? "").split("?")[0] ?? "";
    response.sendDate = false;
    if (server.checksTokens && path.endsWith("/login")) {
      await bodyOf(request);
      token = `Bearer made-up-${++logins}`;
      response.setHeader("x-token", token).end("{}");
      return;
    }
    const sent = request.headers.authorization;
    const good = !server.checksTokens || sent === token;
    const own = server.checksTokens ? (sent ?? "") : "";
    const item = record(request, own.startsWith("Bearer made-up-") ? own : "");
    seen.push(item);
    response.on("close", () => {
      if (!response.writableFinished) stage("left", path).resolve();
    });
    stage("started", path).resolve();
    const { answer, early } = answers.get(path) ?? { answer: greet, early: false };
    let body: Buffer = Buffer.alloc(0);
    if (!(good && early)) {
      body = await bodyOf(request);
      if (!request.complete) return;
      item.complete = true;
      item.body = shownBody(body);
    }
    if (!good) {
      seen = seen.filter((other) => other !== item);
      response.writeHead(401).end();
      return;
    }
    stage("arrived", path).resolve();
    answer(response, request, body);
  };

  const http = createServer({ maxHeaderSize: 65_536, keepAliveTimeout: 60_000 }, (request, response) => {
    open.set(response, new Promise((resolve) => response.on("close", () => resolve())));
    request.on("error", () => {});
    handle(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));

  const server: ProbeServer = {
    origin: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    checksTokens: false,
    revoke: () => {
      token = undefined;
    },
    answer: (path, answer, { early = false } = {}) => void answers.set(path, { answer, early }),
    started: (path) => stage("started", path).promise,
    arrived: (path) => stage("arrived", path).promise,
    left: (path) => stage("left", path).promise,
    async finish() {
      for (const response of open.keys()) {
        if (!response.writableFinished) response.socket?.destroy();
        if (response.socket?.destroyed !== false) open.delete(response);
      }
      await Promise.all(open.values());
      const finished = seen;
      open.clear();
      answers.clear();
      stages.clear();
      seen = [];
      token = undefined;
      return finished;
    },
    close() {
      http.close();
      http.closeAllConnections();
    },
  };
  return server;
}

function greet(response: ServerResponse): void {
  response.writeHead(200, { "content-type": "application/json" }).end('{"hello":"world"}');
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of request) chunks.push(chunk);
  } catch {
    // The client has disconnected. `request.complete` shows that.
  }
  return Buffer.concat(chunks);
}

function shownBody(body: Buffer): string {
  const text = withoutBoundary(body.toString("latin1"));
  return body.length <= 1000 ? text : `${body.length} bytes, ${createHash("sha256").update(text).digest("hex")}`;
}

function withoutBoundary(text: string): string {
  return text.replaceAll(/(-*formdata-undici-)\d+/g, "$1N");
}
