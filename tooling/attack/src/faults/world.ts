import { setImmediate } from "node:timers/promises";
import type { Session, SessionEvent } from "@vms/core";
import { createClock } from "@vms/simulator";
import type { Secrets } from "../secrets.ts";
import type { Human } from "../ways/human.ts";
import { unmarked } from "../ways/marks.ts";
import { serveScene } from "../ways/served.ts";
import { spentIn } from "../ways/spent.ts";
import type { Way } from "../ways/ways.ts";
import type { Fault } from "./rows.ts";
import { TIMEOUT, type Time } from "./time.ts";

/** Nobody listens on this port, and `fetch` does not refuse it by itself, as it does others. */
const NOBODY = "http://127.0.0.1:4";

/** Sessions end after so long, by the world's clock, and are renewed in the last tenth of it. In ms. */
export const LIFETIME = 600_000;

/** What all worlds share. */
export interface Surroundings {
  readonly away: string;
  readonly selfSigned: string;
  readonly time: Time;
}

/** One vendor's server on a socket, one session, and one fault that can be switched on and off. */
export interface World {
  readonly session: Session;
  /** Whoever is asked for codes and faces. */
  readonly human: Human;
  /** What a call asks for. */
  readonly firstCall: string;
  /** A caller's own time limit, which passes together with the session's where the vendor stalls. */
  readonly limit: AbortSignal;
  /** The requests that the session sent, by path, whether or not they reached anybody. */
  readonly sent: readonly string[];
  /** What may be used once, such as a token or a code, in the order in which it was sent. */
  readonly spent: readonly string[];
  /** How many codes the vendor has refused as wrong. */
  readonly wrongCodes: () => number;
  /** Whatever was thrown or emitted. */
  readonly seen: unknown[];
  readonly secrets: Secrets;
  readonly logins: () => number;
  /** Whether a path is one of signing in or out, and not a call's. */
  isOfSession(path: string): boolean;
  advance(ms: number): void;
  /** Switches the fault on or off. What it is meant for is not sent before `after` has settled. */
  arm(armed: boolean, after?: Promise<unknown>): void;
  /** The next event of these types. */
  next(...types: SessionEvent["type"][]): Promise<SessionEvent>;
  close(): Promise<void>;
}

const EVENTS = ["login", "renewed", "renewal_failed", "rejected", "rotated", "expired", "logout"] as const;

/** @param path the end of the path that the fault is for. */
export async function openWorld(way: Way, fault: Fault, path: string, places: Surroundings): Promise<World> {
  const clock = createClock(Date.UTC(2026, 0, 1));
  const scene = way.open(clock);
  const { server, human } = scene;
  const { account, basePath, firstCall } = server;
  const served = await serveScene(scene, way.passwordless);
  const { secrets, wrongCodes } = served;
  const spent: string[] = [];
  const seen: unknown[] = [];
  const sent: string[] = [];
  let armed = false;
  let gate: Promise<unknown> = Promise.resolve();
  const doors = { nobody: NOBODY, plain: served.origin.replace("http:", "https:"), "self-signed": places.selfSigned };
  const door = fault.door === undefined ? served.origin : doors[fault.door];
  const isMeant = (pathname: string) => armed && pathname.endsWith(path);

  // The session only knows the door. While nothing is wrong, its requests are led around it, as by a proxy.
  const through: typeof fetch = async (input, init) => {
    const url = new URL(String(input));
    if (isMeant(url.pathname)) await gate;
    sent.push(url.pathname);
    spent.push(...spentIn(url, init));
    const around = url.origin === door && !isMeant(url.pathname);
    const answered = fetch(around ? served.origin + url.pathname + url.search : url, unmarked(init));
    if (fault.stalls !== undefined && isMeant(url.pathname)) {
      // Where it is the body that stalls, whoever asked has the headers by then.
      const begun = fault.stalls === "in-body" ? answered.then(() => setImmediate()) : setImmediate();
      begun.then(passTime, () => {});
    }
    return answered;
  };
  const limit = new AbortController();
  const passTime = () => {
    limit.abort(new DOMException("the caller's own time limit", "TimeoutError"));
    places.time.pass();
  };

  const session = scene.create({
    baseUrl: door + basePath,
    credentials: account,
    fetch: through,
    lifetime: LIFETIME,
    timeout: TIMEOUT,
    retry: { attempts: 3, minDelay: 1, maxDelay: 2, maxRetryAfter: 100 },
    now: () => clock.now(),
  });
  for (const type of EVENTS) session.on(type, (event) => void seen.push(event));
  const answer = fault.answer?.({ home: `${basePath}/${firstCall}`, away: places.away });
  if (answer !== undefined) server.script({ ...answer, when: (request) => isMeant(request.path) });

  return {
    session,
    human,
    firstCall,
    limit: limit.signal,
    sent,
    spent,
    seen,
    secrets,
    wrongCodes,
    logins: () => server.logins,
    isOfSession: (sentTo) => sentTo !== `${basePath}/${firstCall.split("?", 1)[0]}`,
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
