import type { KyInstance } from "ky";
import { authenticatedFetch } from "./authenticated-fetch.ts";
import type { Authorization } from "./authorization.ts";
import { type Clock, systemClock } from "./clock.ts";
import { SessionEngine } from "./engine.ts";
import type { Engine } from "./engine-contract.ts";
import { engineOf, hideEngine } from "./engine-of.ts";
import { InvalidOptions } from "./errors/invalid-options.ts";
import type { SessionEvent } from "./events.ts";
import type { Flow } from "./flow.ts";
import { createHttp } from "./http.ts";
import { checkOptions, type SessionOptions, type Settings } from "./options.ts";
import { infoOf, type SessionInfo } from "./record.ts";
import { withSlash } from "./target.ts";
import { requireSecure } from "./transport.ts";

/** How a wait can be given up. */
export interface WaitOptions {
  /** Ends this wait with its own reason; what others wait for goes on. */
  readonly signal?: AbortSignal;
}

/**
 * A signed-in session that keeps itself signed in. Creating it does no I/O; the first call signs in.
 *
 * Its functions work apart from it. Hand on the session itself, not a copy by `{ ...session }`: `http` and `info` are not
 * in that, because they are made when they are asked for.
 */
export interface Session<User = unknown> extends AsyncDisposable {
  /** The vendor, for example `"acme"`. */
  readonly vendor: string;
  /**
   * `fetch` with the session's credential. A relative input, with or without a leading slash, is joined below the base
   * URL; an absolute one must be of the session's origin or an allowed one.
   *
   * It throws the errors of signing in, `origin_not_allowed`, `session_closed`, and what `fetch` throws; a status such as
   * 404 is a `Response`. The response has no `Set-Cookie`, as in a browser.
   */
  readonly fetch: typeof globalThis.fetch;
  /** ky over that `fetch`. */
  readonly http: KyInstance;
  /** What is known of the live session; `undefined` when there is none. No secret is in it. */
  readonly info: SessionInfo<User> | undefined;
  /** Adopts a live session, else signs in; opens a session that was signed out. */
  login(options?: WaitOptions): Promise<SessionInfo<User>>;
  /** Signs in anew, also where the last credentials were refused. */
  renew(options?: WaitOptions): Promise<SessionInfo<User>>;
  /**
   * Forgets the session here and in the store, then ends it at the vendor. After it, calls fail with `session_closed`
   * until `login()`.
   * @throws the vendor's error, after forgetting.
   */
  logout(options?: WaitOptions): Promise<void>;
  /** The credential, for tools that are not `fetch`: headers, search parameters and cookies. Signs in if need be. */
  authorization(options?: WaitOptions): Promise<Authorization>;
  /** Listens to what happens to the session. Returns how to stop listening. A listener that throws harms nobody. */
  on<E extends SessionEvent["type"]>(
    type: E,
    listener: (event: Extract<SessionEvent<User>, { type: E }>) => void,
  ): () => void;
}

/**
 * Makes a session of a vendor's flow. Vendor packages call this; use theirs, or write a flow of your own.
 * @throws {InvalidOptions} naming the option that is missing or malformed.
 * @throws {InsecureTransport} for `http://` to a host that is not loopback.
 */
export function createSession<Data, User>(flow: Flow<Data, User>, options: SessionOptions): Session<User> {
  const settings = checkOptions(flow.vendor, options, flow.passwordless);
  return openSession(flow, settings, systemClock(settings.now));
}

/** The same with checked options and a clock of one's own. */
export function openSession<Data, User>(given: Flow<Data, User>, settings: Settings, clock: Clock): Session<User> {
  const baseUrl = withSlash(given.baseUrl);
  const flow = baseUrl.href === given.baseUrl.href ? given : { ...given, baseUrl };
  requireSecure(flow.vendor, flow.baseUrl, settings.allowInsecureHttp);
  if (settings.cookies !== undefined && flow.resume === undefined) {
    throw new InvalidOptions(flow.vendor, "`cookies` is of no use here: this vendor's sessions are not cookies.");
  }
  return new VmsSession(new SessionEngine(flow, settings, clock));
}

/** A class, so that all sessions share what need not be their own. */
class VmsSession<Data, User> implements Session<User> {
  readonly vendor: string;
  readonly #engine: Engine<Data, User>;

  constructor(engine: Engine<Data, User>) {
    this.vendor = engine.flow.vendor;
    this.#engine = engine;
    hideEngine(this, engine);
  }

  // Functions of its own, not methods: they work apart from it, as where a library is given `session.fetch`.
  readonly fetch: typeof globalThis.fetch = (input, init) => authenticatedFetch(this.#engine, input, init);
  readonly login: Session<User>["login"] = async (wait = {}) => infoOf((await this.#engine.login(wait.signal)).record);
  readonly renew: Session<User>["renew"] = async (wait = {}) => infoOf((await this.#engine.renew(wait.signal)).record);
  readonly logout: Session<User>["logout"] = (wait = {}) => this.#engine.logout(wait.signal);
  readonly authorization: Session<User>["authorization"] = async (wait = {}) => {
    const { headers, searchParams, cookies } = (await this.#engine.ready(wait.signal)).ticket;
    return { headers: { ...headers }, searchParams: { ...searchParams }, cookies: { ...cookies } };
  };
  readonly [Symbol.asyncDispose]: () => Promise<void> = () => this.logout();
  readonly on: Session<User>["on"] = (type, listener) => this.#engine.on(type, listener);

  // Here `this` may be what somebody wrapped a session in, a proxy for example: it has no private fields.
  get http(): KyInstance {
    const engine = engineOf(this);
    // ky is made for whom wants it, as it holds as much as the rest of a session.
    engine.http ??= createHttp(engine);
    return engine.http;
  }

  get info(): SessionInfo<User> | undefined {
    const live = (engineOf(this) as Engine<Data, User>).peek();
    return live && infoOf(live.record);
  }

  toJSON(): object {
    return { vendor: this.vendor, info: this.info };
  }
}
