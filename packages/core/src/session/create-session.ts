import type { KyInstance } from "ky";
import type { ApiKeyProvider, CredentialsProvider } from "../contract/credentials.ts";
import type { SessionHealth } from "../contract/events/session-health.ts";
import type { Flow } from "../contract/flow/flow.ts";
import type { SessionOptions } from "../contract/options.ts";
import type { Session } from "../contract/session.ts";
import { infoOf, type SessionInfo } from "../contract/session-info.ts";
import { checkOptions, type Settings } from "../contract/settings.ts";
import { InvalidOptions } from "../errors/invalid-options.ts";
import { withSlash } from "../net/base-url.ts";
import { checkOrigins } from "../net/origin-pattern.ts";
import { requireSecure } from "../net/secure-transport.ts";
import { authenticatedFetch } from "../request/authenticated-fetch.ts";
import { createKy } from "../request/ky.ts";
import type { Engine } from "../state/engine.ts";
import { attachEngine, engineOf } from "../state/engine-access.ts";
import { type Clock, systemClock } from "../util/clock.ts";
import { orAbort } from "../util/wait.ts";
import { closeSession, logoutSession } from "./close-session.ts";
import { SessionStateMachine } from "./state-machine.ts";

/**
 * Creates a session from a vendor's flow. Creating it does no I/O; the first call signs in.
 * @throws {InvalidOptions} `invalid_options` if an option is unknown, missing or malformed.
 * @throws {InsecureTransport} `insecure_transport` for `http://` to a host that is not loopback, unless
 * `allowInsecureHttp` is set.
 * @example
 * const session = createSession(acmeFlow, { credentials: { username, password } });
 * const zones = await session.http.get("zones").json();
 */
export function createSession<Data, User>(
  flow: Flow<Data, User>,
  options: SessionOptions<CredentialsProvider | ApiKeyProvider>,
): Session<User> {
  const settings = checkOptions(flow.vendor, options, flow);
  return openSession(flow, settings, systemClock(settings.now));
}

export function openSession<Data, User>(given: Flow<Data, User>, settings: Settings, clock: Clock): Session<User> {
  const baseUrl = withSlash(given.baseUrl);
  const flow = baseUrl.href === given.baseUrl.href ? given : { ...given, baseUrl };
  requireSecure(flow.vendor, flow.baseUrl, settings.allowInsecureHttp);
  checkOrigins(flow.vendor, flow.allowedOrigins, "`allowedOrigins` of the flow");
  if (settings.cookies !== undefined && flow.resume === undefined) {
    throw new InvalidOptions(flow.vendor, "`cookies` is not supported: this vendor's sessions are not cookies.");
  }
  return new VmsSession(new SessionStateMachine(flow, settings, clock));
}

/** A class, so that sessions share their getters. */
class VmsSession<Data, User> implements Session<User> {
  readonly vendor: string;
  readonly #engine: SessionStateMachine<Data, User>;
  /** The last `logout()` or `close()`. */
  #ending: Promise<void> | undefined;

  constructor(engine: SessionStateMachine<Data, User>) {
    this.vendor = engine.flow.vendor;
    this.#engine = engine;
    attachEngine(this, engine);
  }

  // Arrow functions, so that they can be destructured and passed to libraries.
  readonly fetch: typeof globalThis.fetch = (input, init) => authenticatedFetch(this.#engine, input, init);
  readonly login: Session<User>["login"] = async (wait = {}) => infoOf((await this.#engine.login(wait.signal)).record);
  readonly renew: Session<User>["renew"] = async (wait = {}) => infoOf((await this.#engine.renew(wait.signal)).record);
  readonly logout: Session<User>["logout"] = (wait = {}) => this.#end(logoutSession, wait.signal);
  readonly authorization: Session<User>["authorization"] = async (wait = {}) => {
    const { headers, searchParams, cookies } = (await this.#engine.ready(wait.signal)).credential;
    return { headers: { ...headers }, searchParams: { ...searchParams }, cookies: { ...cookies } };
  };
  readonly close: Session<User>["close"] = (wait = {}) => this.#end(closeSession, wait.signal);
  readonly on: Session<User>["on"] = (type, listener) => this.#engine.on(type, listener);

  /** A second call waits for the same end and does not fail. */
  async #end(end: typeof closeSession, signal?: AbortSignal): Promise<void> {
    const isFirst = !this.#engine.isClosed;
    if (isFirst) this.#ending = end(this.#engine, signal);
    const ending = this.#ending ?? Promise.resolve();
    await orAbort(isFirst ? ending : ending.catch(() => {}), signal);
  }

  // `this` may be a Proxy around the session, which cannot reach private fields.
  get http(): KyInstance {
    const engine = engineOf(this);
    // Created on first use: a ky instance takes as much memory as the rest of the session.
    engine.http ??= createKy(engine);
    return engine.http;
  }

  get info(): SessionInfo<User> | undefined {
    const live = (engineOf(this) as Engine<Data, User>).peek();
    return live && infoOf(live.record);
  }

  get health(): SessionHealth {
    return engineOf(this).health;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  toJSON(): object {
    return { vendor: this.vendor, info: this.info };
  }
}
