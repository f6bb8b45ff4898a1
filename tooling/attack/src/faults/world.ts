import type { Session, SessionEvent } from "@vms/core";
import { createClock, createSimulator } from "@vms/simulator";
import { serve } from "@vms/simulator/node";
import type { Vendor } from "@vms-tooling/demo/vendors";
import { createSecrets, type Secrets } from "../secrets.ts";
import type { Fault } from "./rows.ts";
import { pathOf, type Step } from "./steps.ts";

/** Nobody listens on this port, and `fetch` does not refuse it by itself, as it does others. */
const NOBODY = "http://127.0.0.1:4";

/** Sessions end after so long, by the world's clock, and are renewed in the last tenth of it. In ms. */
export const LIFETIME = 600_000;

/** The places that all worlds share. */
export interface Surroundings {
  readonly away: string;
  readonly selfSigned: string;
}

/** One vendor's server on a socket, one session, and one fault that can be switched on and off. */
export interface World {
  readonly session: Session;
  /** The requests that the session sent, by path, whether or not they reached anybody. */
  readonly sent: readonly string[];
  /** Eagle Eye's single-use tokens, in the order in which they were sent. */
  readonly tokens: readonly string[];
  /** Whatever was thrown or emitted. */
  readonly seen: unknown[];
  readonly secrets: Secrets;
  readonly logins: () => number;
  advance(ms: number): void;
  /** Switches the fault on or off. What it is meant for is not sent before `after` has settled. */
  arm(armed: boolean, after?: Promise<unknown>): void;
  /** The next event of these types. */
  next(...types: SessionEvent["type"][]): Promise<SessionEvent>;
  close(): Promise<void>;
}

const EVENTS = ["login", "renewed", "renewal_failed", "rejected", "rotated", "expired", "logout"] as const;

export async function openWorld(vendor: Vendor, fault: Fault, step: Step, places: Surroundings): Promise<World> {
  const clock = createClock(Date.UTC(2026, 0, 1));
  const server = createSimulator({ clock })[vendor.key];
  const path = pathOf(vendor, step);
  const secrets = createSecrets();
  const tokens: string[] = [];
  const seen: unknown[] = [];
  const sent: string[] = [];
  let armed = false;
  let gate: Promise<unknown> = Promise.resolve();
  secrets.account(server.account);

  const receive: typeof server.receive = async (incoming) => {
    const answer = await server.receive(incoming);
    for (const request of server.requests) secrets.request(request);
    server.clearRequests();
    if (answer !== "dropped") secrets.answer(answer.headers, new TextDecoder().decode(answer.body));
    return answer;
  };
  const served = await serve({ ...server, receive });
  const doors = { nobody: NOBODY, plain: served.origin.replace("http:", "https:"), "self-signed": places.selfSigned };
  const door = fault.door === undefined ? served.origin : doors[fault.door];
  const isMeant = (pathname: string) => armed && pathname.endsWith(path);

  // The session only knows the door. While nothing is wrong, its requests are led around it, as by a proxy.
  const through: typeof fetch = async (input, init) => {
    const url = new URL(String(input));
    if (isMeant(url.pathname)) await gate;
    sent.push(url.pathname);
    if (url.pathname.endsWith("/authorize")) tokens.push(new URLSearchParams(String(init?.body)).get("token") ?? "");
    const around = url.origin === door && !isMeant(url.pathname);
    return fetch(around ? served.origin + url.pathname + url.search : url, init);
  };

  const session = vendor.create({
    baseUrl: door + server.basePath,
    credentials: server.account,
    fetch: through,
    lifetime: LIFETIME,
    timeout: fault.stalls ? 200 : 20_000,
    retry: { attempts: 3, minDelay: 1, maxDelay: 2, maxRetryAfter: 100 },
    now: () => clock.now(),
  });
  for (const type of EVENTS) session.on(type, (event) => void seen.push(event));
  const { password } = server.account;
  const home = `${server.basePath}/${server.firstCall}`;
  const answer = fault.answer?.({ home, away: places.away, password });
  if (answer !== undefined) server.script({ ...answer, when: (request) => isMeant(request.path) });

  return {
    session,
    sent,
    tokens,
    seen,
    secrets,
    logins: () => server.logins,
    advance: (ms) => clock.advance(ms),
    arm: (value, after = Promise.resolve()) => {
      armed = value;
      gate = after.catch(() => {});
    },
    next: (...types) =>
      new Promise((resolve) => {
        for (const type of types) session.on(type, resolve);
      }),
    close: () => served.close(),
  };
}
