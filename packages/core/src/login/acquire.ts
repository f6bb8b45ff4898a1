import type { Credentials, GivenCredentials } from "../contract/credentials.ts";
import { endsOf } from "../contract/expiry.ts";
import type { SessionRecord } from "../contract/session-record.ts";
import type { Settings } from "../contract/settings.ts";
import { hasEnded, type Live, makeLive } from "../state/live-session.ts";
import { SAVE_AGAIN } from "../store/save-use.ts";
import { orAbort } from "../util/wait.ts";
import { givenCredentials, passwordOf } from "./ask-credentials.ts";
import type { Attendance } from "./attempt.ts";
import { type Asking, logIn, prolong, takeUp } from "./run-flow.ts";
import type { SessionSetup } from "./session-setup.ts";

/** What an attempt may do short of a login, and what it must know of its session. */
export interface Wanted<Data, User> {
  readonly signal: AbortSignal;
  /** The live session to prolong, where that is enough. */
  readonly extend: Live<Data, User> | undefined;
  /** Whether a stored session will do. Asked late, because somebody may call `renew()` meanwhile. */
  readonly mayAdopt: () => boolean;
  /** Whether the session to prolong is still live. */
  readonly mayExtend: () => boolean;
  /** The session's latest record. */
  readonly last: SessionRecord<Data, User> | undefined;
  /** Whether a stored record's credential is known to be of no use any more. */
  readonly isSpent: (record: SessionRecord<Data, User>) => boolean;
  /** What must be over before anything is asked or sent: an earlier sign-out. */
  readonly after: Promise<unknown> | undefined;
  /** Cookies of a session that was signed in elsewhere, once. */
  readonly takeCookies: () => Readonly<Record<string, string>> | undefined;
  /** Whether nobody wants the outcome any more. */
  readonly dropped: () => boolean;
  /** Whether and how long somebody may be asked for a second factor. */
  readonly attendance: Attendance;
  /** Told who signs in. */
  readonly named: (account: string) => void;
  /** Throws where these credentials were refused before. */
  readonly check: (credentials: Credentials) => void;
  /** Told what a login failed with. */
  readonly refused: (error: unknown, credentials: Credentials) => void;
}

/** A live session, and where it came from. */
export interface Outcome<Data, User> {
  readonly live: Live<Data, User>;
  readonly by: "login" | "extend" | "store" | "cookies";
}

/** Gets a session. */
export async function signIn<Data, User>(
  parts: SessionSetup<Data, User>,
  wanted: Wanted<Data, User>,
): Promise<Outcome<Data, User>> {
  const { flow, vault } = parts;
  const { signal, dropped, last, attendance } = wanted;
  if (wanted.after !== undefined) await orAbort(wanted.after, signal);
  let asked: Promise<GivenCredentials> | undefined;
  let pair: Promise<Credentials> | undefined;
  const given = () => (asked ??= givenCredentials(parts));
  const whole = async () => {
    const one = await given();
    return { username: one.username, password: await passwordOf(parts, one) };
  };
  const credentials = () => (pair ??= whole());
  const asking: Asking<Data, User> = { signal, credentials, previous: last, dropped, attendance };
  const stored = async (live: Live<Data, User>, by: Outcome<Data, User>["by"]): Promise<Outcome<Data, User>> => {
    if (!dropped()) await store(parts, live);
    return { live, by };
  };
  if (wanted.extend !== undefined && flow.extend !== undefined) {
    try {
      const live = await prolong(parts, asking, wanted.extend, flow.extend);
      if (dropped() || wanted.mayExtend()) return await stored(live, "extend");
    } catch {
      // Whatever kept the vendor from prolonging, a login is the way that always works.
      signal.throwIfAborted();
    }
  }

  const { username, password } = await orAbort(given(), signal);
  wanted.named(username);
  if (typeof password === "string") wanted.check({ username, password });
  // What is stored and good is taken without the lock: a warm start is one read.
  let found: SessionRecord<Data, User> | undefined;
  const adopted = async (): Promise<Outcome<Data, User> | undefined> => {
    if (vault === undefined || !wanted.mayAdopt()) return undefined;
    found = await vault.read(username);
    if (found === undefined || !wanted.mayAdopt() || wanted.isSpent(found)) return undefined;
    const live = adopt(parts, found);
    return live && { live, by: "store" };
  };
  const warm = await orAbort(adopted(), signal);
  if (warm !== undefined) return warm;
  const locked = async (lock: AbortSignal): Promise<Outcome<Data, User>> => {
    attendance.signal.throwIfAborted();
    // Whoever had the lock before may have signed in.
    const fresh = await adopted();
    if (fresh !== undefined) return fresh;
    const cookies = wanted.mayAdopt() ? wanted.takeCookies() : undefined;
    if (cookies !== undefined) {
      const live = await takeUp(parts, { ...asking, previous: newest(last, found) }, username, cookies);
      if (live !== undefined) return stored(live, "cookies");
    }
    const both = lock === signal ? signal : AbortSignal.any([signal, lock]);
    // What outlives a session, such as a device that the vendor trusts, is also good for a login that adopts nothing.
    if (!wanted.mayAdopt()) found ??= await vault?.read(username);
    attendance.signal.throwIfAborted();
    const used = await orAbort(credentials(), both);
    wanted.check(used);
    const now = { ...asking, signal: both, previous: newest(last, found) };
    const live = await logIn(parts, now, username, (error) => wanted.refused(error, used));
    return stored(live, "login");
  };
  return vault === undefined ? locked(signal) : vault.exclusive(username, locked, signal, attendance.signal);
}

// What the store failed to take is offered to it again when the session is next used.
async function store<Data, User>({ vault, clock }: SessionSetup<Data, User>, live: Live<Data, User>): Promise<void> {
  if (vault === undefined || (await vault.write(live.record))) return;
  live.stored = false;
  live.saveFrom = clock.now() + SAVE_AGAIN;
}

// A record that is due for renewal is still in the store.
function adopt<Data, User>(
  { flow, settings, clock }: SessionSetup<Data, User>,
  stored: SessionRecord<Data, User>,
): Live<Data, User> | undefined {
  try {
    const now = clock.now();
    const live = makeLive(flow, asKnownHere(settings, stored, now), settings);
    return hasEnded(live, now) || now >= live.renewFrom ? undefined : live;
  } catch {
    return undefined; // A record that no call can be made with is replaced.
  }
}

// What this session's operator knows counts for a record of another process too; and no clock has been used yet to come.
function asKnownHere<Data, User>(
  settings: Settings,
  stored: SessionRecord<Data, User>,
  now: number,
): SessionRecord<Data, User> {
  const { expiresAt } = endsOf({ expiresAt: stored.expiresAt }, stored.issuedAt, 0, settings.lifetime);
  const idleTimeout = settings.idleTimeout ?? stored.idleTimeout;
  return {
    ...stored,
    ...(expiresAt === undefined ? {} : { expiresAt }),
    ...(idleTimeout === undefined ? {} : { idleTimeout }),
    usedAt: Math.min(stored.usedAt ?? stored.issuedAt, now),
  };
}

/** The later of two records: another process may have signed in since. */
function newest<R extends SessionRecord>(one: R | undefined, other: R | undefined): R | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return other.issuedAt > one.issuedAt ? other : one;
}
