import type { Session } from "@vms/core";
import type { Dispatcher } from "undici";
import type { AccessLogEntry } from "./access-log.ts";
import type { ConnectionLimits } from "./connections/connection-limits.ts";
import type { ProxyResponse } from "./responses/proxy-response.ts";

/** A session to serve, and how its requests are sent. */
export interface ProxiedSession {
  readonly session: Session;
  /**
   * Sends the requests, for example through another proxy or with a private CA. The proxy adds the credential to them, and
   * destroys the dispatcher when it is closed. Default: an `Agent` of undici without a timeout for bodies.
   */
  readonly dispatcher?: Dispatcher;
  /**
   * Asks the vendor not to compress responses. Set it to `describe.readsBodies` of the vendor's package: such a session reads
   * bodies to notice that it has expired. Default: `false`.
   */
  readonly plainBodies?: boolean;
  /** The name of the only session in metrics, logs and callbacks. Ignored in `sessions`. Default: the vendor. */
  readonly name?: string;
}

/** A session that could not be created. Its callers receive the error, and the other sessions work. */
export interface FailedSession {
  readonly error: unknown;
}

/** Either one session, or several by name. */
export type ProxySessions =
  | {
      /** Served below `/`. */
      readonly session: Session | ProxiedSession;
      readonly sessions?: never;
    }
  | {
      /** Each is served below `/<name>/`. */
      readonly sessions: Readonly<Record<string, Session | ProxiedSession | FailedSession>>;
      readonly session?: never;
    };

/** The options of `createProxy`. */
export type ProxyOptions = ProxySessions &
  ConnectionLimits & {
    /**
     * What callers must send, as a Bearer token or as the password of Basic authentication: at least 32 letters, digits and
     * `-._~+/`. With `false`, every program that reaches the proxy can use the sessions. Default: 32 random bytes in
     * base64url.
     */
    readonly token?: string | false;
    /**
     * Other host names that callers use, without a port, such as the name of a service in Kubernetes or Docker Compose.
     * Requests for unknown names are refused, because a web page could make its own name point to the proxy. Default: none.
     * `localhost` and the address of `listen` are always allowed.
     */
    readonly hosts?: readonly string[];
    /**
     * Serves `/ready` and `/metrics`. With the option `session`, these two paths of the vendor cannot be called. Default:
     * `true`.
     */
    readonly endpoints?: boolean;
    /**
     * Serves the session's credential as JSON at `/authorization`, or at `/<name>/authorization`, to programs that send the
     * token in a header. Default: `false`.
     */
    readonly authorizationEndpoint?: boolean;
    /**
     * Returns the response for an error, for example for one that your `credentials` function throws. `response` is the
     * proxy's own. Default: returns `response`.
     */
    readonly describeError?: (error: unknown, name: string, response: ProxyResponse) => ProxyResponse;
    /** Called with each response that a caller receives instead of the vendor's. */
    readonly onFailure?: (response: ProxyResponse, name: string) => void;
    /** Called at the end of each request and each WebSocket. What it throws is ignored. */
    readonly accessLog?: (entry: AccessLogEntry) => void;
  };
