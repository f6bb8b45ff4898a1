import ky from "ky";
import type { Session } from "../../src/contract/session.ts";
import { createSession } from "../../src/flow.ts";
import type { Observed } from "./observe.ts";
import { type AnyFetch, type Probe, worldOf } from "./probe.ts";
import { type ProbeServer, startProbeServer } from "./probe-server.ts";

/** The path of the base URL. ky treats a base with a path differently from one without. */
const BASE_PATH = "/api/";
const USER_AGENT = "made-up-agent";

/** A way to make calls: without a session, or with one in some state. */
export interface Way {
  readonly name: string;
  run(probe: Probe): Promise<Observed>;
  close(): void;
}

/** The state that a session is in when a probe begins. */
export type SessionState = "signed in" | "revoked" | "not signed in";

/** Calls with the global `fetch` and with ky. */
export async function bareWay(): Promise<Way> {
  const { server, foreign, close } = await startServers();
  const http = ky.create({ baseUrl: `${server.origin}${BASE_PATH}`, timeout: false, retry: 0 });
  const fetch = ((...args: [string]) => globalThis.fetch(...args)) as AnyFetch;
  return {
    name: "bare",
    run: (probe) => observe(probe, worldOf(fetch, http, server, foreign.origin, BASE_PATH), foreign),
    close,
  };
}

/** Calls with a session of its own for each probe. */
export async function sessionWay(state: SessionState): Promise<Way> {
  const { server, foreign, close } = await startServers();
  server.checksTokens = true;
  return {
    name: state,
    async run(probe) {
      await using session = sessionOf(server);
      if (state !== "not signed in") await session.login();
      if (state === "revoked") server.revoke();
      const fetch = ((...args: [string]) => session.fetch(...args)) as AnyFetch;
      return await observe(probe, worldOf(fetch, session.http, server, foreign.origin, BASE_PATH), foreign);
    },
    close,
  };
}

function sessionOf(server: ProbeServer): Session<null> {
  return createSession(
    {
      vendor: "acme",
      baseUrl: new URL(`${server.origin}${BASE_PATH}`),
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

async function observe(probe: Probe, world: ReturnType<typeof worldOf>, foreign: ProbeServer): Promise<Observed> {
  const result = await probe.run(world);
  const [server, other] = await Promise.all([world.server.finish(), foreign.finish()]);
  const text = JSON.stringify({ result: result ?? null, server, foreign: other });
  const hosts = [world.server.origin, foreign.origin].map((origin) => origin.replace("http://", ""));
  return JSON.parse(hosts.reduce((all, host, n) => all.replaceAll(host, `host-${n + 1}`), text));
}
