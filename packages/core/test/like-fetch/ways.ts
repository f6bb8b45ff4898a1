import ky, { type Options } from "ky";
import * as undici7 from "undici";
import * as undici8 from "undici8";
import type { Session } from "../../src/contract/session.ts";
import { createSession } from "../../src/flow.ts";
import { nodeFetch, type UndiciModule } from "../../src/node.ts";
import type { Observed } from "./observe.ts";
import { type AnyFetch, type Probe, type World, worldOf } from "./probe.ts";
import { type ProbeServer, startProbeServer } from "./probe-server.ts";

/** Each probe has its own base URL, so that a request of an earlier one does not count. */
const basePath = (count: number) => `/api/${String(count).padStart(4, "0")}/`;
const USER_AGENT = "made-up-agent";

/** A way to make calls: without a session, or with a session in some state. */
export interface Way {
  run(probe: Probe): Promise<Observed>;
  close(): void;
}

/** The possible states of a session when a probe starts. */
export const STATES = ["signed in", "revoked", "not signed in"] as const;
export type SessionState = (typeof STATES)[number];

export interface SessionWay extends Way {
  readonly state: SessionState;
}

/** The versions of undici that `nodeFetch` supports. */
export const UNDICIS: Readonly<Record<UndiciName, UndiciModule>> = { "undici 7": undici7, "undici 8": undici8 };
export type UndiciName = "undici 7" | "undici 8";

export function nodeFetchWay(name: UndiciName): Promise<Way> {
  const fetch = nodeFetch({ undici: UNDICIS[name] });
  return wayOf(((...args: [string]) => fetch(...args)) as AnyFetch, { fetch });
}

export function bareWay(): Promise<Way> {
  return wayOf(((...args: [string]) => globalThis.fetch(...args)) as AnyFetch);
}

async function wayOf(fetch: AnyFetch, options: Options = {}): Promise<Way> {
  const { server, foreign, close } = await startServers();
  let count = 0;
  return {
    async run(probe) {
      const path = basePath(++count);
      const http = ky.create({ ...options, baseUrl: server.origin + path, timeout: false, retry: 0 });
      return await observe(probe, worldOf(fetch, http, server, foreign.origin, path), path, foreign);
    },
    close,
  };
}

/** Calls with a separate session for each probe. */
export async function sessionWay(state: SessionState): Promise<SessionWay> {
  const { server, foreign, close } = await startServers();
  server.checksTokens = true;
  let count = 0;
  return {
    state,
    async run(probe) {
      const path = basePath(++count);
      await using session = sessionOf(server, path);
      if (state !== "not signed in") await session.login();
      if (state === "revoked") server.revoke();
      const fetch = ((...args: [string]) => session.fetch(...args)) as AnyFetch;
      return await observe(probe, worldOf(fetch, session.http, server, foreign.origin, path), path, foreign);
    },
    close,
  };
}

function sessionOf(server: ProbeServer, path: string): Session<null> {
  return createSession(
    {
      vendor: "acme",
      baseUrl: new URL(server.origin + path),
      async login(context) {
        const answer = await context.send("login", { json: await context.credentials() });
        return { data: answer.headers.get("x-token") ?? "", user: null };
      },
      authorize: ({ data }) => ({ headers: { authorization: data } }),
      parse: String,
    },
    { credentials: { username: "operator", password: "made-up-password" }, userAgent: USER_AGENT },
  );
}

async function startServers() {
  const userAgents = ["node", USER_AGENT];
  const [server, foreign] = await Promise.all([startProbeServer(userAgents), startProbeServer(userAgents)]);
  const close = () => {
    server.close();
    foreign.close();
  };
  return { server, foreign, close };
}

async function observe(probe: Probe, world: World, basePath: string, foreign: ProbeServer): Promise<Observed> {
  const result = await probe.run(world);
  const [requests, other] = await Promise.all([world.server.finish(), foreign.finish()]);
  const own = requests.filter(({ url }) => url.startsWith(basePath) || !/^\/api\/\d/.test(url));
  const server = probe.sendsMaybe ? "not compared" : own;
  let text = JSON.stringify({ result: result ?? null, server, foreign: other }).replaceAll(basePath, "/api/");
  for (const [n, { origin }] of [world.server, foreign].entries()) {
    const host = origin.replace("http://", "");
    for (const shown of [host, encodeURIComponent(host)]) text = text.replaceAll(shown, `host-${n + 1}`);
  }
  text = text.replaceAll(/blob:nodedata:[\w-]+/g, "blob:nodedata:made-up");
  return JSON.parse(text.replaceAll(encodeURIComponent(basePath), encodeURIComponent("/api/")));
}
