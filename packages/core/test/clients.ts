import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { buffer } from "node:stream/consumers";
import * as undici7 from "undici";
import * as undici8 from "undici8";
import { afterEach } from "vitest";
import type { Session } from "../src/contract/session.ts";
import { nodeFetch, sessionInterceptor } from "../src/node.ts";
import { type FakeVendor, ORIGIN } from "./fake-vendor.ts";

interface CallOptions {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: BodyInit;
  readonly signal?: AbortSignal;
}

/** Makes a call to a path below the base URL, or to an absolute URL. Returns a response for every status. */
type Call = (path: string, options?: CallOptions) => Promise<Response>;

/** A way to make calls with a session. */
export interface Client {
  readonly name: string;
  /** Whether calls go through undici instead of the session's `fetch`. */
  readonly usesUndici: boolean;
  /** @param vendor the vendor, or the base URL of a vendor on a socket. */
  open(vendor: FakeVendor | string, session: Session): Call;
}

const fetchClient: Client = {
  name: "session.fetch",
  usesUndici: false,
  open: (_vendor, session) => (path, options) => session.fetch(path, { duplex: "half", ...options } as RequestInit),
};

const kyClient: Client = {
  name: "session.http",
  usesUndici: false,
  open: (_vendor, session) => (path, options) => session.http(path, { throwHttpErrors: false, retry: 0, ...options }),
};

/** All ways to make calls. The guarantees of a session hold for each of them. */
export const clients: readonly Client[] = [
  fetchClient,
  kyClient,
  undiciClient("7", undici7),
  undiciClient("8", undici8 as unknown as typeof undici7),
  nodeFetchClient("7", undici7),
  nodeFetchClient("8", undici8 as unknown as typeof undici7),
];

/** The ways that follow redirects by the session's own rules. The others use undici's interceptor `redirect`. */
export const followingClients: readonly Client[] = clients.filter(({ usesUndici }) => !usesUndici);

/** `session.fetch` over `nodeFetch`. All later requests of the vendor's sessions go over sockets. */
function nodeFetchClient(version: string, undici: typeof undici7): Client {
  return {
    name: `session.fetch over nodeFetch, undici ${version}`,
    usesUndici: false,
    open(vendor, session) {
      if (typeof vendor !== "string") {
        const sending = transportTo(undici, vendor);
        vendor.transport = async (input, init) => (await sending)(input, init);
      }
      return fetchClient.open(vendor, session);
    },
  };
}

async function transportTo(undici: typeof undici7, vendor: FakeVendor): Promise<typeof globalThis.fetch> {
  const port = await serve(vendor);
  const connector = toPort(port);
  class Agent extends undici.Agent {
    constructor(options: undici7.Agent.Options) {
      super({ ...options, connect: connector });
      cleanUps.push(() => void this.destroy());
    }
  }
  return nodeFetch({ undici: { ...undici, Agent }, connections: 50 });
}

/** Connects to a port of this machine for any origin, without TLS. */
function toPort(port: number): undici7.buildConnector.connector {
  return (_options, callback) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => callback(null, socket)).once("error", (error) => callback(error, null));
  };
}

function undiciClient(version: string, undici: typeof undici7): Client {
  return {
    name: `sessionInterceptor, undici ${version}`,
    usesUndici: true,
    open(vendor, session) {
      const base = typeof vendor === "string" ? vendor : ORIGIN;
      const dispatcher = agentFor(undici, vendor).then((agent) =>
        agent.compose(sessionInterceptor(session), undici.interceptors.redirect({ maxRedirections: 20 })),
      );
      return async (path, { body, ...options } = {}) => {
        const {
          statusCode,
          headers,
          body: answer,
        } = await undici.request(new URL(path, base), {
          dispatcher: await dispatcher,
          ...(options as object),
          // undici's `request` accepts only its own `FormData`.
          ...(body === undefined ? {} : { body: body instanceof FormData ? copyForm(undici, body) : (body as string) }),
        });
        const pairs = Object.entries(headers).flatMap(([name, value]) =>
          [value ?? []].flat().map((one) => [name, one]),
        );
        const bytes = await answer.arrayBuffer();
        const empty = [204, 205, 304].includes(statusCode);
        return new Response(empty ? null : bytes, { status: statusCode, headers: pairs as [string, string][] });
      };
    },
  };
}

/** An agent that connects to a fake vendor for any origin, without TLS. */
async function agentFor(undici: typeof undici7, vendor: FakeVendor | string): Promise<undici7.Agent> {
  const port = typeof vendor === "string" ? undefined : await serve(vendor);
  const agent = new undici.Agent({ connections: 50, ...(port === undefined ? {} : { connect: toPort(port) }) });
  cleanUps.push(() => void agent.destroy());
  return agent;
}

const ports = new WeakMap<FakeVendor, Promise<number>>();
const cleanUps: (() => void)[] = [];
afterEach(() => {
  for (const cleanUp of cleanUps.splice(0)) cleanUp();
});

/** Serves a fake vendor on a socket. Later calls return the same server. */
function serve(vendor: FakeVendor): Promise<number> {
  const port = ports.get(vendor) ?? listen(vendor);
  ports.set(vendor, port);
  return port;
}

async function listen(vendor: FakeVendor): Promise<number> {
  const server = createServer((request, response) => {
    answer(vendor, request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  cleanUps.push(() => {
    server.close();
    server.closeAllConnections();
  });
  return (server.address() as AddressInfo).port;
}

/** The headers that clients add to a request. */
const ADDED: Readonly<Record<string, RegExp>> = {
  "accept-encoding": /^(gzip, deflate|identity)$/,
  "accept-language": /^\*$/,
  connection: /^keep-alive$/,
  host: /./,
  "sec-fetch-mode": /^cors$/,
};

async function answer(vendor: FakeVendor, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const { method = "GET", headers: given, url } = incoming;
  const gone = new AbortController();
  outgoing.on("close", () => gone.abort());
  const headers = Object.entries(given)
    .map(([name, value]) => [name, String(value)] as [string, string])
    .filter(([name, value]) => !ADDED[name]?.test(value));
  const bytes = await buffer(incoming);
  const body = bytes.length === 0 ? null : bytes;
  const response = await vendor.receive(`https://${given.host}${url}`, { method, headers, body, signal: gone.signal });
  // The vendors of the tests have a virtual clock.
  outgoing.sendDate = false;
  outgoing.writeHead(response.status, [...response.headers].flat());
  outgoing.end(await response.bytes());
}

function copyForm(undici: typeof undici7, form: FormData): undici7.FormData {
  const copy = new undici.FormData();
  for (const [name, value] of form) copy.append(name, value);
  return copy;
}
