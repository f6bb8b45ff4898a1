import { inspect } from "node:util";
import type { SessionEvent } from "../../../src/contract/events/session-events.ts";
import type { Board } from "../search/board.ts";
import type { Fleet, Member } from "./fleet.ts";
import { HOME, REGION, SECRET } from "./names.ts";
import type { World } from "./world.ts";

interface Sent {
  readonly kind: "login" | "extend" | "logout" | "call";
  readonly origin: string;
  readonly call: string;
  readonly token: string;
  readonly password: string | undefined;
}

interface Flight extends Sent {
  readonly member: Member;
  readonly at: number;
}

/** Observes all requests, responses and events, and checks them against the guarantees. */
export interface Witness {
  readonly broken: string[];
  readonly logins: number;
  /** Whether a lock was lost or its holder killed. Two concurrent logins are possible then. */
  lockLost: boolean;
  /** Whether the schedule is over. Later logins are not counted. */
  isEnding: boolean;
  breaks(guarantee: string, what: string): void;
  sends(member: Member, sent: Sent): Flight;
  ends(flight: Flight, status: number | "gone"): void;
  /** A session is about to write to the store. */
  stores(member: Member, token: string | undefined): void;
  hears(member: Member, event: SessionEvent): void;
  /** Guarantee 13: checks that a shown value contains no secret. */
  shows(what: string, value: unknown): void;
  /** When the session of each token was opened or extended. */
  readonly yielded: Map<string, number>;
  /** The facts from the vendor and the store, which are created later. */
  facts: Facts;
}

/** The stored session, and since when it is stored. */
export interface Stored {
  readonly token: string | undefined;
  readonly since: number;
}

interface Facts {
  stored(): Stored;
  isAlive(token: string): boolean;
  /** Since when a caller waits for a session. `Infinity`: no caller waits. */
  waitsSince(member: Member): number;
}

/** How long a waiting login may take to notice a usable session in the store, in ms. */
const NOTICED = 2_000;
/** How long a session waits for the lock of a login, in ms. */
const PATIENCE = 30_000;

const shown = new Set<string>();

export function createWitness(world: World, board: Board, fleet: Fleet): Witness {
  const { lifetime, idleTimeout, regional } = world.vendor ?? {};
  const flights = new Set<Flight>();
  const sendings = new Map<string, string[]>();
  const refused = new Set<string>();
  const { now } = fleet.clock;
  let logins = 0;

  function isOver(member: Member, token: string): boolean {
    const at = self.yielded.get(token) ?? now();
    if (member.overAtLogin.has(token)) return false;
    if (lifetime !== undefined && now() >= at + lifetime) return true;
    return idleTimeout !== undefined && member.held === token && now() - member.usedAt >= idleTimeout;
  }

  function login(member: Member, { password = "" }: Sent): void {
    logins++;
    board.touch("the wire", "changes");
    const others = [...flights].filter(({ kind }) => kind === "login");
    if (others.some((other) => other.member === member)) {
      self.breaks("G1", `${member.name} sent a login while another one of it was in flight`);
    }
    if (world.store === "with locks" && !self.lockLost && others.some(({ at }) => now() - at < PATIENCE)) {
      self.breaks("G1", `${member.name} sent a login while another session of the store signed in`);
    }
    if (refused.has(password) && (world.store === "with locks" || world.sessions === 1) && !self.lockLost) {
      self.breaks("G10", `${member.name} sent a password that had been refused`);
    }
    const { held, renewing } = member;
    if (held !== undefined && renewing === 0 && !member.rejected.has(held) && lifetime === undefined) {
      if (!isOver(member, held)) self.breaks("G2", `${member.name} signed in although its session is live`);
    }
    if (now() < member.pausedUntil && renewing === 0) {
      self.breaks("G17", `${member.name} signed in during the pause after a failed login`);
    }
    if (logins > world.mostLogins && !self.isEnding)
      self.breaks("G17", `${logins} logins were sent, ${world.mostLogins} are enough`);
    // If time can pass at any step, an operation of the store can take too long.
    if (world.store !== undefined && renewing === 0 && world.ticks === undefined) unnoticed(member);
  }

  function unnoticed(member: Member): void {
    board.touch("the store", "reads");
    board.touch("tokens", "reads");
    const { token, since } = self.facts.stored();
    if (token === undefined || !self.facts.isAlive(token) || member.rejected.has(token)) return;
    if (now() - since > NOTICED) {
      self.breaks("G1", `${member.name} signed in although the store had a session since ${now() - since} ms`);
    }
  }

  function adopts(member: Member, token: string): void {
    member.adopted.add(token);
    board.touch("the store", "reads");
    const waited = now() - Math.max(self.facts.stored().since, self.facts.waitsSince(member));
    if (world.ticks === undefined && waited > NOTICED) {
      self.breaks("G1", `${member.name} waited ${waited} ms although the store had a session`);
    }
  }

  function call(member: Member, { call, origin, token }: Sent): void {
    const before = sendings.get(call) ?? [];
    sendings.set(call, [...before, token]);
    const most = before.some((one) => member.adopted.has(one)) ? 3 : 2;
    if (before.length >= most) self.breaks("G3", `call ${call} was sent ${before.length + 1} times`);
    if (before.includes(token) && !fleet.members.some(({ failed }) => failed)) {
      self.breaks("G3", `call ${call} was sent again with the credential that was rejected`);
    }
    if (!self.yielded.has(token)) self.breaks("G15", `call ${call} was sent with a credential that nobody issued`);
    if (member.signedOut.has(token)) self.breaks("G14", `call ${call} was sent with a session that was signed out`);
    if (isOver(member, token)) self.breaks("G7", `call ${call} was sent with a session that had expired`);
    if (origin !== (regional ? REGION : HOME)) self.breaks("G12", `call ${call} was sent to ${origin}`);
    if (member.held === token) member.usedAt = now();
  }

  const self: Witness = {
    broken: [],
    yielded: new Map(),
    lockLost: false,
    isEnding: false,
    facts: { stored: () => ({ token: undefined, since: 0 }), isAlive: () => false, waitsSince: () => 0 },
    get logins() {
      return logins;
    },
    breaks(guarantee, what) {
      const text = `${guarantee}: ${what}`;
      if (!self.broken.includes(text)) self.broken.push(text);
    },
    sends(member, sent) {
      const flight: Flight = { ...sent, member, at: now() };
      if (member.closed && sent.kind !== "logout") {
        self.breaks("G14", `${member.name} sent a ${sent.kind} after its sign-out`);
      }
      if (sent.kind === "login") login(member, sent);
      else if (sent.kind === "call") call(member, sent);
      else if (sent.kind === "logout") {
        member.signedOut.add(sent.token);
        if (member.held === sent.token && !member.closed) {
          self.breaks("G18", `${member.name} signed out the session that it uses`);
        }
      }
      flights.add(flight);
      return flight;
    },
    ends(flight, status) {
      if (!flights.delete(flight)) return;
      const { kind, member, token, password = "" } = flight;
      if (kind === "login") {
        board.touch("the wire", "changes");
        if (status === 401) refused.add(password);
        if (status === 200) member.logins++;
        else member.failed = true;
      }
      if (kind === "call" && status === 401) member.rejected.add(token);
    },
    stores(member, token) {
      if (token !== undefined && member.closed && member.opened.has(token)) {
        self.breaks("G14", `${member.name} stored a session after its sign-out`);
      }
    },
    hears(member, event) {
      self.shows(event.type, event);
      if (event.type === "login_failed") member.pausedUntil = event.retryAt ?? 0;
      else if (event.type === "login" || event.type === "renewed") {
        const token = `${SECRET}-${(event.info as { user: string }).user}`;
        if (member.closed) self.breaks("G14", `${member.name} got a session after its sign-out`);
        if (("from" in event ? event.from : event.by) === "store") adopts(member, token);
        // Guarantee 18: with a store, a replaced session is left to expire. Without one it must be ended.
        if (world.store !== undefined && member.held !== undefined && member.held !== token)
          member.opened.delete(member.held);
        member.held = token;
        member.usedAt = now();
      } else if (event.type === "rejected") {
        if (member.held !== undefined && !member.rejected.has(member.held)) {
          self.breaks("G2", `${member.name} dropped a session that was not rejected`);
        }
        member.held = undefined;
      } else if (event.type === "expired") {
        if (event.overAtLogin && member.held !== undefined) member.overAtLogin.add(member.held);
        else member.held = undefined;
      }
    },
    shows(what, value) {
      const error = typeof value === "object" && value !== null && "error" in value ? value.error : value;
      const kind = `${what} ${error instanceof Error ? error.message : ""}`;
      // The same text need not be searched again.
      if (shown.has(kind)) return;
      const text = `${JSON.stringify(value)} ${inspect(value, { depth: 8 })} ${kind}`;
      if (text.includes(SECRET)) self.breaks("G13", `${what} shows a secret`);
      else shown.add(kind);
    },
  };
  return self;
}
