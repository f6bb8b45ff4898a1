import type { Credentials, GivenCredentials } from "../contract/credentials.ts";
import { expiryOf } from "../contract/expiry.ts";
import type { SessionRecord } from "../contract/session-record.ts";
import type { Settings } from "../contract/settings.ts";
import { createLiveSession, hasExpired, type LiveSession } from "../state/live-session.ts";
import { RETRY_SAVE_AFTER } from "../store/save-use.ts";
import { orAbort } from "../util/wait.ts";
import { askCredentials, askPassword } from "./ask-credentials.ts";
import type { HumanAccess } from "./attempt.ts";
import { type FlowRun, runExtend, runLogin, runResume } from "./run-flow.ts";
import type { SessionSetup } from "./session-setup.ts";

/** What an attempt may do short of a login, and what it must know of its session. */
export interface AcquireOptions<Data, User> {
  readonly signal: AbortSignal;
  /** The live session to prolong, where that is enough. */
  readonly extend: LiveSession<Data, User> | undefined;
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
  readonly attendance: HumanAccess;
  /** Told who signs in. */
  readonly named: (account: string) => void;
  /** Throws where these credentials were refused before. */
  readonly check: (credentials: Credentials) => void;
  /** Told what a login failed with. */
  readonly refused: (error: unknown, credentials: Credentials) => void;
}

/** A live session, and where it came from. */
export interface Acquired<Data, User> {
  readonly live: LiveSession<Data, User>;
  readonly by: "login" | "extend" | "store" | "cookies";
}

/** Gets a session. */
export async function acquireSession<Data, User>(
  parts: SessionSetup<Data, User>,
  wanted: AcquireOptions<Data, User>,
): Promise<Acquired<Data, User>> {
  const { flow, repository } = parts;
  const { signal, dropped, last, attendance } = wanted;
  if (wanted.after !== undefined) await orAbort(wanted.after, signal);
  let asked: Promise<GivenCredentials> | undefined;
  let pair: Promise<Credentials> | undefined;
  const given = () => (asked ??= askCredentials(parts));
  const whole = async () => {
    const one = await given();
    return { username: one.username, password: await askPassword(parts, one) };
  };
  const credentials = () => (pair ??= whole());
  const asking: FlowRun<Data, User> = { signal, credentials, previous: last, dropped, attendance };
  const stored = async (
    live: LiveSession<Data, User>,
    by: Acquired<Data, User>["by"],
  ): Promise<Acquired<Data, User>> => {
    if (!dropped()) await store(parts, live);
    return { live, by };
  };
  if (wanted.extend !== undefined && flow.extend !== undefined) {
    try {
      const live = await runExtend(parts, asking, wanted.extend, flow.extend);
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
  const adopted = async (): Promise<Acquired<Data, User> | undefined> => {
    if (repository === undefined || !wanted.mayAdopt()) return undefined;
    found = await repository.read(username);
    if (found === undefined || !wanted.mayAdopt() || wanted.isSpent(found)) return undefined;
    const live = adopt(parts, found);
    return live && { live, by: "store" };
  };
  const warm = await orAbort(adopted(), signal);
  if (warm !== undefined) return warm;
  const locked = async (lock: AbortSignal): Promise<Acquired<Data, User>> => {
    attendance.signal.throwIfAborted();
    // Whoever had the lock before may have signed in.
    const fresh = await adopted();
    if (fresh !== undefined) return fresh;
    const cookies = wanted.mayAdopt() ? wanted.takeCookies() : undefined;
    if (cookies !== undefined) {
      const live = await runResume(parts, { ...asking, previous: newest(last, found) }, username, cookies);
      if (live !== undefined) return stored(live, "cookies");
    }
    const both = lock === signal ? signal : AbortSignal.any([signal, lock]);
    // What outlives a session, such as a device that the vendor trusts, is also good for a login that adopts nothing.
    if (!wanted.mayAdopt()) found ??= await repository?.read(username);
    attendance.signal.throwIfAborted();
    const used = await orAbort(credentials(), both);
    wanted.check(used);
    const now = { ...asking, signal: both, previous: newest(last, found) };
    const live = await runLogin(parts, now, username, (error) => wanted.refused(error, used));
    return stored(live, "login");
  };
  return repository === undefined ? locked(signal) : repository.exclusive(username, locked, signal, attendance.signal);
}

// What the store failed to take is offered to it again when the session is next used.
async function store<Data, User>(
  { repository, clock }: SessionSetup<Data, User>,
  live: LiveSession<Data, User>,
): Promise<void> {
  if (repository === undefined || (await repository.write(live.record))) return;
  live.stored = false;
  live.saveFrom = clock.now() + RETRY_SAVE_AFTER;
}

// A record that is due for renewal is still in the store.
function adopt<Data, User>(
  { flow, settings, clock }: SessionSetup<Data, User>,
  stored: SessionRecord<Data, User>,
): LiveSession<Data, User> | undefined {
  try {
    const now = clock.now();
    const live = createLiveSession(flow, asKnownHere(settings, stored, now), settings);
    return hasExpired(live, now) || now >= live.renewFrom ? undefined : live;
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
  const { expiresAt } = expiryOf({ expiresAt: stored.expiresAt }, stored.issuedAt, 0, settings.lifetime);
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
