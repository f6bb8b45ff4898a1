import type { Scheduler } from "fast-check";
import { IDLE, LIFETIME, type System } from "./systems.ts";
import type { Watched } from "./watched.ts";
import type { Witness } from "./witness.ts";

export type Kind = "call" | "login" | "extend" | "logout";
/** What happens to a request in place of a response, or the status of its response. */
export type Fault = "lost" | "unanswered" | "rotate" | 400 | 401 | 429 | 500;

interface Flight {
  readonly session: Watched;
  readonly kind: Kind;
  readonly sentAt: number;
  readonly token: string;
  readonly call: string;
}

/** The vendor behind `fetch`. The scheduler decides when requests and responses arrive. */
export interface Vendor {
  readonly flights: Set<Flight>;
  /** How often each call was sent, by token. */
  readonly sent: Map<string, string[]>;
  readonly lastStatus: Map<string, number | "none">;
  readonly alive: Map<string, { end: number; usedAt: number }>;
  /** Faults by kind. Each applies to one request, in order of arrival. */
  readonly faults: Record<Kind, Fault[]>;
  password: string;
  /** Functions that run a number of ticks after the next response, during its effects. */
  readonly soon: { readonly ticks: number; readonly run: () => void }[];
  fetchOf(session: Watched): typeof globalThis.fetch;
}

export function vendorOf(system: System, scheduler: Scheduler, witness: Witness, now: () => number): Vendor {
  let serial = 0;
  const self: Vendor = {
    flights: new Set(),
    sent: new Map(),
    lastStatus: new Map(),
    alive: new Map(),
    faults: { call: [], login: [], extend: [], logout: [] },
    password: "made-up-password",
    soon: [],
    fetchOf: (session) => (input, init) => travel(session, input, init),
  };

  function travel(session: Watched, input: string | URL | Request, init: RequestInit = {}): Promise<Response> {
    const request = input instanceof Request ? input : undefined;
    const { pathname } = new URL(request?.url ?? String(input));
    const [kind, call = ""] = pathname.slice(1).split("/") as [Kind, string?];
    const token = new Headers(init.headers ?? request?.headers).get("authorization")?.replace("Bearer ", "") ?? "";
    const signal = init.signal ?? request?.signal;
    const { password } = JSON.parse(typeof init.body === "string" ? init.body : "{}") as { password?: string };
    const flight: Flight = { session, kind, sentAt: now(), token, call };
    if (signal?.aborted) {
      if (session.held?.token === token && kind === "call") session.held.usedAt = now();
      return Promise.reject(signal.reason);
    }
    leave(flight, password);

    return new Promise((resolve, reject) => {
      signal?.addEventListener("abort", () => {
        if (self.flights.delete(flight) && kind !== "call") fail(flight, "trouble");
        reject(signal.reason);
      });
      const end = (settle: () => void) => {
        if (!self.flights.delete(flight)) return;
        settle();
        for (const { ticks, run } of self.soon.splice(0)) after(ticks, run);
      };
      step(`${kind} of ${session.index} arrives`, () => {
        if (!self.flights.has(flight)) return;
        const fault = self.faults[kind].shift();
        const answer = fault === "lost" ? undefined : answerTo(flight, fault, password);
        step(`${kind} of ${session.index} is answered`, () =>
          end(() => {
            const response = fault === "unanswered" ? undefined : answer;
            hear(flight, response?.status ?? "none");
            if (response === undefined) reject(new TypeError("fetch failed"));
            else resolve(response);
          }),
        );
      });
    });
  }

  function step(label: string, run: () => void): void {
    scheduler
      .schedule(Promise.resolve(), label)
      .then(() => {
        witness.moment++;
        run();
      })
      .catch((error: unknown) => witness.breaks("the model itself", String(error)));
  }

  function leave(flight: Flight, password: string | undefined): void {
    const { session, kind, token, call } = flight;
    const asking = kind === "login" || kind === "extend";
    if (asking) {
      const others = [...self.flights].filter((other) => other.kind === "login" || other.kind === "extend");
      const same = others.some((other) => other.session === session);
      // Extensions run without the store's lock.
      // No session waits for that lock for longer than a login may take.
      const shared =
        kind === "login" && others.some((other) => other.kind === "login" && now() - other.sentAt < 30_000);
      if (same || shared) witness.breaks("G1", `a ${kind} was sent while another was in flight`);
      witness.asks(session, kind, password);
    } else if (kind === "logout") {
      session.signedOut.set(token, witness.moment);
    } else {
      const tokens = self.sent.get(call) ?? [];
      // An adopted session that is rejected immediately is replaced by a login.
      const most = system.sharing === 2 ? 3 : 2;
      if (tokens.length >= most) witness.breaks("G3", `call ${call} was sent ${tokens.length + 1} times`);
      // If the stored limits forbid that login, the session is kept, and the call is sent with it again.
      const again = tokens.filter((one) => one === token).length;
      if (again >= most - 1)
        witness.breaks("G3", `call ${call} was sent with ${tokens.join(", ")}, and again with ${token}`);
      self.sent.set(call, [...tokens, token]);
      witness.sends(session, token);
    }
    self.flights.add(flight);
  }

  function hear(flight: Flight, status: number | "none"): void {
    const { session, kind, token, call } = flight;
    if (kind === "call") {
      self.lastStatus.set(call, status);
      const sendings = self.sent.get(call)?.length ?? 0;
      if (status === 401 && sendings < (system.sharing === 2 ? 3 : 2)) session.rejected.set(token, witness.moment);
    } else if (status !== 200 && !(kind === "login" && status === 401)) {
      fail(flight, kind === "logout" ? "badLogout" : "trouble");
    }
  }

  function fail({ session }: Flight, what: "trouble" | "badLogout"): void {
    session.at[what] = witness.moment;
    if (what === "trouble") session.at.badLogout = witness.moment;
  }

  function isAlive(token: string): boolean {
    const life = self.alive.get(token);
    return life !== undefined && now() < life.end && (!system.idles || now() - life.usedAt < IDLE);
  }

  function open(token: string): Response {
    self.alive.set(token, { end: system.ends ? now() + LIFETIME : Number.POSITIVE_INFINITY, usedAt: now() });
    return new Response(null, { headers: { "x-token": token } });
  }

  function answerTo({ kind, token }: Flight, fault: Fault | undefined, password: string | undefined): Response {
    if (typeof fault === "number") {
      return new Response(null, { status: fault, headers: fault === 429 ? { "retry-after": "1" } : {} });
    }
    if (kind === "login") {
      return password === self.password ? open(`t${++serial}`) : new Response(null, { status: 401 });
    }
    const life = self.alive.get(token);
    if (life === undefined || !isAlive(token)) return new Response(null, { status: 401 });
    life.usedAt = now();
    if (kind === "extend") return open(system.extends === "same token" ? token : next(token));
    if (kind === "logout") self.alive.delete(token);
    if (fault !== "rotate" || !system.rotates) return new Response(null);
    const rotated = next(token);
    self.alive.set(rotated, { ...life });
    return new Response(null, { headers: { "x-rotated": rotated } });
  }

  // Another token of the same session.
  function next(token: string): string {
    const made = `t${++serial}`;
    witness.roots.set(made, witness.roots.get(token) ?? token);
    return made;
  }

  return self;
}

/** Runs something after a number of ticks, between other work. */
async function after(ticks: number, run: () => void): Promise<void> {
  for (let tick = 0; tick < ticks; tick++) await undefined;
  run();
}
