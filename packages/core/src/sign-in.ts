import { orAbort } from "./abort.ts";
import { within } from "./clock.ts";
import { type Asking, type Attendance, logIn, logOut, prolong, takeUp, type Vendor } from "./conversations.ts";
import { type Credentials, checkCredentials, checkPassword, type GivenCredentials } from "./credentials.ts";
import { VendorUnavailable } from "./errors/vendor-unavailable.ts";
import { endsOf } from "./lifetime.ts";
import { hasEnded, type Live, makeLive } from "./live.ts";
import type { Settings } from "./options.ts";
import { type SessionRecord, sameSecret } from "./record.ts";
import type { Vault } from "./vault.ts";

/** How long after a failed write a record is offered to the store again, in ms. */
export const SAVE_AGAIN = 5_000;

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

/** What a session signs in and out with. */
export interface SignInParts<Data, User> extends Vendor<Data, User> {
  readonly vault: Vault<Data, User> | undefined;
}

/** Gets a session. */
export async function signIn<Data, User>(
  parts: SignInParts<Data, User>,
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

async function givenCredentials<Data, User>(parts: SignInParts<Data, User>): Promise<GivenCredentials> {
  const { flow, settings } = parts;
  const source = settings.credentials;
  if (typeof source !== "function") return source;
  return checkCredentials(flow.vendor, await soon(parts, "credentials", source), flow.passwordless);
}

async function passwordOf<Data, User>(parts: SignInParts<Data, User>, { password }: GivenCredentials): Promise<string> {
  if (typeof password === "string") return password;
  const { vendor, passwordless } = parts.flow;
  return checkPassword(vendor, await soon(parts, "password", password), passwordless);
}

function soon<Data, User, T>(
  { flow, settings, clock }: Vendor<Data, User>,
  name: string,
  source: () => T | Promise<T>,
): Promise<T> {
  const { timeout } = settings;
  const asked = (async () => source())();
  return within(clock, timeout, asked, () => {
    const what = `the function \`${name}\` gave nothing in ${timeout} ms (\`timeout\`). Check where it reads it.`;
    return new VendorUnavailable(flow.vendor, what);
  });
}

// What the store failed to take is offered to it again when the session is next used.
async function store<Data, User>({ vault, clock }: SignInParts<Data, User>, live: Live<Data, User>): Promise<void> {
  if (vault === undefined || (await vault.write(live.record))) return;
  live.stored = false;
  live.saveFrom = clock.now() + SAVE_AGAIN;
}

// A record that is due for renewal is still in the store.
function adopt<Data, User>(
  { flow, settings, clock }: SignInParts<Data, User>,
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

/** Ends a session that came too late for anybody: in the store, if it got there, and at the vendor. */
export async function undo<Data, User>(
  parts: SignInParts<Data, User>,
  record: SessionRecord<Data, User>,
): Promise<void> {
  const { vault } = parts;
  const stored = await vault?.read(record.account);
  if (stored !== undefined && sameSecret(stored, record)) await vault?.remove(record.account);
  await logOut(parts, record).catch(() => {});
}

/**
 * Forgets a session in the store, then ends it at the vendor.
 * @param closed whether the session is still signed out: what a new login stored meanwhile stays.
 * @param forgotten called between the two, with what was forgotten.
 * @throws the vendor's error, after forgetting.
 */
export async function forget<Data, User>(
  parts: SignInParts<Data, User>,
  record: SessionRecord<Data, User> | undefined,
  account: string | undefined,
  closed: () => boolean,
  forgotten: (latest: SessionRecord<Data, User> | undefined) => void,
): Promise<void> {
  const { vault } = parts;
  const doomed = record === undefined ? [] : [record];
  let unnamed: { readonly error: unknown } | undefined;
  if (vault !== undefined) {
    const asked = account === undefined ? givenCredentials(parts) : undefined;
    const named = await asked?.catch((error: unknown) => {
      // Under no name, nothing can be found in the store: that is said, as a session may be left in it.
      unnamed = { error };
    });
    const name = account ?? named?.username;
    // Whoever signed in again meanwhile keeps what is stored now.
    if (name !== undefined && closed()) {
      const stored = await vault.read(name);
      if (stored !== undefined && !doomed.some((one) => sameSecret(one, stored))) doomed.push(stored);
      await vault.remove(name);
    }
  }
  forgotten(doomed.at(-1));
  const answers = await Promise.allSettled(doomed.map((one) => logOut(parts, one)));
  const bad = answers.find((answer) => answer.status === "rejected");
  if (bad !== undefined) throw bad.reason;
  if (unnamed !== undefined) throw unnamed.error;
}

/** The later of two records: another process may have signed in since. */
function newest<R extends SessionRecord>(one: R | undefined, other: R | undefined): R | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return other.issuedAt > one.issuedAt ? other : one;
}
