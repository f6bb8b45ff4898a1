import type { Authorization } from "../authorization.ts";
import type { Extendability, Lifetime } from "../expiry.ts";
import type { SessionRecord } from "../session-record.ts";
import type { FlowContext } from "./flow-context.ts";

/** The result of a login. */
export interface Login<Data, User> extends Lifetime, Extendability {
  /** The secret that authenticates calls. Plain JSON. */
  readonly data: Data;
  /** The vendor's description of the user, without secrets. Plain JSON. */
  readonly user: User;
  /** How long the session lives after its last use, in ms. */
  readonly idleTimeout?: number | undefined;
  /** The base URL of calls, on the flow's origin or one of its `allowedOrigins`. Default: the flow's base URL. */
  readonly baseUrl?: URL | undefined;
}

/** Describes how to sign in to one vendor. The core decides when. */
export interface Flow<Data, User, Draft = object> {
  /** The vendor's name in its package name: `"acme"` for `@vms/acme`. */
  readonly vendor: string;
  readonly baseUrl: URL;
  /** What distinguishes sessions besides vendor, base URL and account, for example a realm. Not a secret. */
  readonly identity?: string;
  /**
   * Further login inputs that the user can correct, for example a realm or a secret such as an API key. When one
   * changes, a refused login is retried.
   */
  readonly loginInputs?: readonly string[];
  /**
   * Whether a login may wait for a person (`FlowContext.prompt`), so that other processes wait longer for a store's
   * lock. Default: no.
   */
  readonly interactive?: boolean;
  /** Whether the password may be omitted. It is then empty. Default: no. */
  readonly passwordOptional?: boolean;
  /**
   * Whether the credentials may be `{ apiKey }`, with a digest of it as `context.account` and in the store's key.
   * Default: no.
   */
  readonly usernameOptional?: boolean;
  /** Whether each login ends the user's earlier session, so that a replaced session is not signed out. Default: no. */
  readonly endsPrevious?: boolean;
  /**
   * Whether calls run one at a time, for vendors that replace the token with each response. A call starts when the
   * previous one has its response headers. Default: no.
   */
  readonly exclusive?: boolean;
  /** Default headers of every call, for example `accept`; not of `context.send`. Not secrets. */
  readonly headers?: Readonly<Record<string, string>>;
  /** More origins that may receive the credential, as in the option `allowedOrigins`. */
  readonly allowedOrigins?: readonly string[];
  /**
   * Signs in, with as many requests as needed. A result that arrives after `context.signal` aborted is signed out.
   * @example
   * async login(context) {
   *   const { username, password } = await context.credentials();
   *   const response = await context.send("login", { json: { username, password } });
   *   if (!response.ok) throw response.toError();
   *   const { token } = response.json(tokenSchema);
   *   return { data: { token }, user: { username } };
   * }
   */
  login(context: FlowContext<Data, User, Draft>): Promise<Login<Data, User>>;
  /**
   * Resumes a session that was signed in elsewhere, from its cookies.
   * @returns `undefined` if the cookies contain no session or the vendor refuses it. The core then signs in.
   * @example
   * async resume(context, { sid }) {
   *   if (sid === undefined) return undefined;
   *   const response = await context.send("me", { method: "GET", as: { sid } });
   *   return response.ok ? { data: { sid }, user: response.json(userSchema) } : undefined;
   * }
   */
  resume?(
    context: FlowContext<Data, User, Draft>,
    cookies: Readonly<Record<string, string>>,
  ): Promise<Login<Data, User> | undefined>;
  /**
   * Extends a session without a password, for example with a refresh token. If absent, or if it throws, the core signs
   * in.
   *
   * Runs in the background before the session expires. After that, or after a rejection, it runs on the next call,
   * until `extendableUntil`. It holds the store's lock, and the new session is stored before it is used.
   * @param record the session to extend, live or expired.
   * @returns the changed fields; omitted ones keep their value. `undefined` if the vendor refuses to extend the
   * session.
   * @example
   * async extend(context, { data }) {
   *   const response = await context.send("token", { json: { refresh_token: data.refresh } });
   *   if (response.status === 400) return undefined; // the refresh token is no longer valid
   *   if (!response.ok) throw response.toError();
   *   const { access_token, refresh_token, expires_in } = response.json(tokensSchema);
   *   return { data: { access: access_token, refresh: refresh_token }, expiresIn: expires_in * 1_000 };
   * }
   */
  extend?(
    context: FlowContext<Data, User, Draft>,
    record: SessionRecord<Data, User>,
  ): Promise<Partial<Login<Data, User>> | undefined>;
  /**
   * Ends at the vendor what a failed login left in its `draft`. Not called for an empty draft. It is limited and
   * retried like `logout`; its errors are ignored.
   * @example
   * abandon: async (context, { token }) => void (await context.send("logout", { json: { token } }))
   */
  abandon?(context: FlowContext<Data, User, Draft>, draft: Partial<Draft>): Promise<void>;
  /**
   * Returns the parts of a request that carry the credential.
   * @example
   * authorize: ({ data }) => ({ headers: { authorization: `Bearer ${data.token}` } })
   */
  authorize(record: SessionRecord<Data, User>): Partial<Authorization>;
  /**
   * Returns headers that sign one request, for example with digest, HMAC or a nonce. They are added to those of
   * `authorize`, but not to `session.authorization()`.
   * @param request the same object for both signatures. `body` is absent for a stream, or a `Request` longer than
   * `replayLimit`.
   * @param challenge the header `WWW-Authenticate` of a 401. Unless the result is empty, the request is sent again
   * once, without a login.
   * @see `digest` for RFC 7616.
   * @example
   * sign: async ({ method, url }, { data }) => ({ "x-signature": await hmac(data.key, `${method} ${url.pathname}`) })
   */
  sign?(
    request: { readonly method: string; readonly url: URL; readonly body?: NonNullable<RequestInit["body"]> },
    record: SessionRecord<Data, User>,
    challenge?: string,
  ): Readonly<Record<string, string>> | Promise<Readonly<Record<string, string>>>;
  /**
   * Returns whether a response means that the session has ended. Read the body with `tryPeekJson` only. Default: status
   * 401.
   * @example
   * isRejected: ({ status }) => status === 401 || status === 403
   */
  isRejected?(response: Response): boolean | Promise<boolean>;
  /**
   * Returns the new data if a response carries a new credential. Read the body with `tryPeekJson` only. The caller gets
   * the response once a returned promise resolves.
   * @example
   * rotate: ({ headers }, { data }) => {
   *   const token = headers.get("x-next-token");
   *   return token === null ? undefined : { ...data, token };
   * }
   */
  rotate?(response: Response, record: SessionRecord<Data, User>): Data | undefined | Promise<Data | undefined>;
  /**
   * Returns how long a credential from `rotate`, which `record` contains, is valid. If absent, the expiry stays.
   * @example
   * lifetime: () => ({ expiresIn: 30 * 60_000 })
   */
  lifetime?(response: Response, data: Data, record: SessionRecord<Data, User>): Lifetime;
  /**
   * Returns whether the data helps a login after the session has expired, so that the store gets no `expiresAt`.
   * Default: no.
   * @example
   * outlives: ({ deviceId }) => deviceId !== undefined
   */
  outlives?(data: Data): boolean;
  /**
   * Ends the session at the vendor. If absent, signing out is local.
   * @example
   * async logout(context, { data }) {
   *   const response = await context.send("logout", { as: data });
   *   if (!response.ok && response.status !== 401) throw response.toError(); // 401: it has already ended
   * }
   */
  logout?(context: FlowContext<Data, User, Draft>, record: SessionRecord<Data, User>): Promise<void>;
  /**
   * Validates and returns the `data` of a stored session. If it throws, the core signs in.
   * @example
   * parse: (data) => validate(tokenSchema, data, "acme", "the stored session")
   */
  parse(data: unknown): Data;
}
