import type { Session } from "@vms/core";
import type { Dispatcher } from "undici";
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
   * Asks the vendor not to compress. Necessary for a session that reads bodies to notice that it has expired, as
   * `describe.readsBodies` of the vendor's package says. Default: `false`.
   */
  readonly plainBodies?: boolean;
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
      readonly sessions: Readonly<Record<string, Session | ProxiedSession>>;
      readonly session?: never;
    };

/** The options of `createProxy`. */
export type ProxyOptions = ProxySessions & {
  /**
   * What callers must send, as a Bearer token or as the password of Basic. `false` lets every program that reaches the
   * proxy use the sessions. Default: 32 random bytes, in base64url.
   */
  readonly token?: string | false;
  /**
   * Describes an error to the caller instead of `response`, for example one of your own `credentials`. Default: returns
   * `response`.
   */
  readonly describeError?: (error: unknown, name: string, response: ProxyResponse) => ProxyResponse;
  /** Called with what a caller receives instead of the vendor's response. */
  readonly onFailure?: (response: ProxyResponse, name: string) => void;
};
