import type { Hono } from "hono";
import type { Account } from "./accounts.ts";
import { type Clock, createClock } from "./clock.ts";
import type { Answer, Incoming, Receive, ReceivedRequest } from "./exchange.ts";
import { createInProcessFetch } from "./in-process-fetch.ts";
import { perform, Script, type ScriptedAnswer } from "./script.ts";
import { inFront, type SessionEndedAs } from "./session-ended.ts";

/** Options of every vendor's server. */
export interface VendorOptions {
  /** The clock of the sessions' lifetimes. Default: a new clock that follows the machine's. */
  readonly clock?: Clock | undefined;
  /** The server's origin in process. Default: a made-up host, or the vendor's own. */
  readonly origin?: string | undefined;
  /** The initial account. Default: a made-up one. */
  readonly account?: Account | undefined;
  /** The offset of the `Date` header from the clock, in ms, or `false` to omit the header. Default: 0. */
  readonly dateHeader?: false | number | undefined;
  /** The lifetime of a session after its login, in ms; 0 for no limit. Default: the vendor's. */
  readonly lifetime?: number | undefined;
  /** The lifetime of a session after its last use, in ms; 0 for no limit. Default: the vendor's. */
  readonly idleTimeout?: number | undefined;
  /**
   * The response to a call of an ended session, as a single sign-on in front of the vendor might send it. `"redirect"` leads
   * to the login page `/sign-in`, and `"html"` is a page with status 200. Assumed. Default: the vendor's own response.
   */
  readonly sessionEndedAs?: SessionEndedAs | undefined;
}

/** One vendor's server. */
export interface VendorServer {
  /** The simulated vendor, as in its package name: `"alta"`. */
  readonly vendor: string;
  /** The server's origin in process. */
  readonly origin: string;
  /** The origin with the base path. */
  readonly baseUrl: string;
  /** An empty string, or a path with a leading slash and no trailing slash. */
  readonly basePath: string;
  /** The first data call, relative to the base URL. */
  readonly firstCall: string;
  /** An account that can sign in. */
  readonly account: Account;
  /** The clock of the sessions' lifetimes. */
  readonly clock: Clock;
  /**
   * An in-process `fetch` that reaches only this server.
   * @throws {TypeError} `TypeError` for a URL of another host, or if the connection is dropped.
   * @example
   * const { baseUrl, account, fetch } = createAltaServer();
   * const session = createAltaSession({ baseUrl, credentials: account, fetch });
   */
  readonly fetch: typeof globalThis.fetch;
  /**
   * Handles a request from another transport, for example from a socket.
   * @example
   * const { signal } = new AbortController();
   * const url = `${server.baseUrl}/${server.firstCall}`;
   * const answer = await server.receive({ method: "GET", url, headers: new Headers(), body: undefined, signal });
   */
  readonly receive: Receive;
  /** All received requests, oldest first. */
  readonly requests: readonly ReceivedRequest[];
  /** The number of successful logins. */
  readonly logins: number;
  /** The number of attempted logins. */
  readonly loginAttempts: number;
  /** The number of open sessions. */
  readonly sessions: number;
  /**
   * Adds a scripted response or fault to the queue.
   * @example
   * server.script({ status: 503, headers: { "retry-after": "2" } });
   */
  script(answer: ScriptedAnswer): void;
  /**
   * Clears `requests`. The login counts stay.
   * @example
   * server.clearRequests();
   */
  clearRequests(): void;
  /**
   * Ends every session.
   * @example
   * server.revokeAll();
   */
  revokeAll(): void;
  /**
   * Changes a password. Open sessions stay open.
   * @throws {Error} `Error` if there is no such account.
   * @example
   * server.setPassword(server.account.username, "another-harbour-72");
   */
  setPassword(username: string, password: string): void;
  /**
   * Adds an account, or replaces the one with the same user name.
   * @example
   * server.addAccount({ username: "second@acme.example", password: "quiet-meadow-35" });
   */
  addAccount(account: Account): void;
  /**
   * Resets accounts, sessions, scripted responses, requests and counts. The clock stays.
   * @example
   * server.reset();
   */
  reset(): void;
}

/** What a handler gets in addition to Hono's context: the request, and the cookies of its response. */
export type VendorEnv = {
  Bindings: {
    readonly received: ReceivedRequest;
    readonly url: URL;
    /** `Set-Cookie` lines. They bypass Hono because a browser's `Response` drops them. */
    readonly cookies: string[];
    /** Counts a successful login. */
    readonly loggedIn: () => void;
  };
};

/** The vendor-specific parts of a server. */
export interface VendorParts {
  readonly vendor: string;
  readonly origin: string;
  readonly basePath?: string;
  readonly firstCall: string;
  readonly account: Account;
  readonly options: VendorOptions;
  readonly clock: Clock;
  readonly app: Hono<VendorEnv>;
  readonly isLogin: (request: ReceivedRequest) => boolean;
  /** Tells whether a response means that the session has ended. Default: its status is 401. */
  readonly isEnded?: (answer: Answer) => boolean;
  /** Other hosts that lead to this server in process. */
  readonly alsoHost?: (hostname: string) => boolean;
  readonly sessions: { alive(): readonly unknown[]; closeAll(): void };
  readonly accounts: {
    add(account: Account): void;
    setPassword(username: string, password: string): void;
    reset(): void;
  };
  /** Resets the vendor's other state. */
  readonly forget?: () => void;
}

/** Returns the clock from the options, or a new one. */
export function clockOf(options: VendorOptions): Clock {
  return options.clock ?? createClock();
}

/** Adds the shared parts of a server: the log, the scripted responses, the counts, the clock and the `fetch`. */
export function createVendorServer(parts: VendorParts): VendorServer {
  const { vendor, firstCall, account, clock, accounts, sessions, app, options } = parts;
  const { origin, host } = new URL(parts.origin);
  const { basePath = "", isEnded = ({ status }) => status === 401 } = parts;
  const script = new Script();
  const requests: (ReceivedRequest & { status?: number })[] = [];
  let logins = 0;
  let loginAttempts = 0;

  const act = async (incoming: Incoming, received: ReceivedRequest): Promise<Answer> => {
    const cookies: string[] = [];
    const loggedIn = () => {
      logins += 1;
    };
    const env: VendorEnv["Bindings"] = { received, url: new URL(incoming.url), cookies, loggedIn };
    const response = await app.fetch(toRequest(incoming), env);
    const headers = new Headers(response.headers);
    for (const cookie of cookies) headers.append("set-cookie", cookie);
    return { status: response.status, headers, body: new Uint8Array(await response.arrayBuffer()), ending: "whole" };
  };

  const answerTo = (incoming: Incoming, received: ReceivedRequest): Promise<Answer> =>
    inFront(options.sessionEndedAs, isEnded, (given) => act(given, received))(incoming);

  const receive: Receive = async (incoming) => {
    const received = note(incoming, clock.now());
    requests.push(received);
    if (parts.isLogin(received)) loginAttempts += 1;
    const scripted = script.take(received);
    const real = () => answerTo(incoming, received);
    const answer = scripted === undefined ? await real() : await perform(scripted, real, incoming.signal);
    if (answer === "dropped") return answer;
    received.status = answer.status;
    const { dateHeader = 0 } = options;
    if (dateHeader !== false && !answer.headers.has("date")) {
      const date: number = clock.now() + dateHeader;
      answer.headers.set("date", new Date(date).toUTCString());
    }
    return answer;
  };

  const leadsHere = (url: URL) => url.host === host || (parts.alsoHost?.(url.hostname) ?? false);

  return {
    vendor,
    origin,
    baseUrl: origin + basePath,
    basePath,
    firstCall,
    account,
    clock,
    fetch: createInProcessFetch((url) => (leadsHere(url) ? receive : undefined)),
    receive,
    requests,
    get logins() {
      return logins;
    },
    get loginAttempts() {
      return loginAttempts;
    },
    get sessions() {
      return sessions.alive().length;
    },
    script: (answer) => script.add(answer),
    clearRequests: () => {
      requests.length = 0;
    },
    revokeAll: () => sessions.closeAll(),
    setPassword: (username, password) => accounts.setPassword(username, password),
    addAccount: (added) => accounts.add(added),
    reset: () => {
      requests.length = 0;
      logins = 0;
      loginAttempts = 0;
      script.clear();
      sessions.closeAll();
      accounts.reset();
      parts.forget?.();
    },
  };
}

function note(incoming: Incoming, at: number): ReceivedRequest & { status?: number } {
  const { method, url } = incoming;
  const body = incoming.body === undefined ? "" : new TextDecoder().decode(incoming.body);
  return { method, url, path: new URL(url).pathname, headers: new Headers(incoming.headers), body, at };
}

function toRequest({ method, url, headers, body }: Incoming): Request {
  const carriesBody = body !== undefined && method !== "GET" && method !== "HEAD";
  const request = new Request(url, carriesBody ? { method, headers, body } : { method, headers });
  // A browser removes the Cookie header from a Request, but not from Headers.
  return Object.defineProperty(request, "headers", { value: headers });
}
