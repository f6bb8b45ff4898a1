import { setImmediate } from "node:timers/promises";
import type { Session, SessionEvent } from "@vms/core";
import { createClock } from "@vms/simulator";
import type { Secrets } from "../secrets.ts";
import type { Human } from "../sign-ins/human.ts";
import { unmarked } from "../sign-ins/marked-codes.ts";
import { serveFixture } from "../sign-ins/serve-fixture.ts";
import type { SignIn } from "../sign-ins/sign-ins.ts";
import { singleUseIn } from "../sign-ins/single-use.ts";
import { type FakeTimeout, TIMEOUT } from "./fake-timeout.ts";
import type { Fault } from "./faults.ts";

/** A port without a listener that `fetch` does not block. */
const NOBODY = "http://127.0.0.1:4";

/** The lifetime of sessions by the simulated clock, in ms. The first renewal is in its second half. */
export const LIFETIME = 600_000;

/** The servers and timers that all runs share. */
export interface SharedServers {
  readonly away: string;
  readonly selfSigned: string;
  readonly time: FakeTimeout;
}

/** One vendor's server on a socket, one session, and one fault that can be switched on and off. */
export interface Harness {
  readonly session: Session;
  /** The human who is asked for codes and faces. */
  readonly human: Human;
  /** The path of a call. */
  readonly firstCall: string;
  /** The caller's timeout. If the vendor stalls, it fires together with the session's. */
  readonly limit: AbortSignal;
  /** The paths of the requests that the session sent, even if they reached no server. */
  readonly sent: readonly string[];
  /** The single-use tokens and codes that were sent, in order. */
  readonly singleUse: readonly string[];
  /** The number of codes that the vendor has rejected. */
  readonly wrongCodes: () => number;
  /** Everything that was thrown or emitted. */
  readonly seen: unknown[];
  readonly secrets: Secrets;
  readonly logins: () => number;
  /** Whether a path belongs to a login or a sign-out, not to a call. */
  isOfSession(path: string): boolean;
  advance(ms: number): void;
  /** Switches the fault on or off. The affected request waits until `after` has settled. */
  arm(armed: boolean, after?: Promise<unknown>): void;
  /** The next event of these types. */
  next(...types: SessionEvent["type"][]): Promise<SessionEvent>;
  close(): Promise<void>;
}

const EVENTS = ["login", "renewed", "renewal_failed", "rejected", "rotated", "expired", "logout"] as const;

/** @param path the end of the path that the fault affects. */
export async function openHarness(
  signIn: SignIn,
  fault: Omit<Fault, "theme" | "about">,
  path: string,
  places: SharedServers,
): Promise<Harness> {
  const clock = createClock(Date.UTC(2026, 0, 1));
  const fixture = signIn.open(clock);
  const { server, human } = fixture;
  const { account, basePath, firstCall } = server;
  const served = await serveFixture(fixture, signIn.passwordOptional);
  const { secrets, wrongCodes } = served;
  const singleUse: string[] = [];
  const seen: unknown[] = [];
  const sent: string[] = [];
  let armed = false;
  let released: Promise<unknown> = Promise.resolve();
  const endpoints = {
    nobody: NOBODY,
    plain: served.origin.replace("http:", "https:"),
    "self-signed": places.selfSigned,
  };
  const endpoint = fault.endpoint === undefined ? served.origin : endpoints[fault.endpoint];
  const isMeant = (pathname: string) => armed && pathname.endsWith(path);

  // The session only knows the endpoint. While the fault is off, its requests are forwarded to the vendor.
  const through: typeof fetch = async (input, init) => {
    const url = new URL(String(input));
    if (isMeant(url.pathname)) await released;
    sent.push(url.pathname);
    singleUse.push(...singleUseIn(url, init));
    const around = url.origin === endpoint && !isMeant(url.pathname);
    const answered = fetch(around ? served.origin + url.pathname + url.search : url, unmarked(init));
    if (fault.stalls !== undefined && isMeant(url.pathname)) {
      // If the body stalls, the headers have arrived by then.
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

  const session = fixture.create({
    baseUrl: endpoint + basePath,
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
    singleUse,
    seen,
    secrets,
    wrongCodes,
    logins: () => server.logins,
    isOfSession: (sentTo) => sentTo !== `${basePath}/${firstCall.split("?", 1)[0]}`,
    advance: (ms) => clock.advance(ms),
    arm: (value, after = Promise.resolve()) => {
      armed = value;
      released = after.catch(() => {});
    },
    next: (...types) =>
      new Promise((resolve) => {
        for (const type of types) session.on(type, resolve);
      }),
    close: () => served.close(),
  };
}
