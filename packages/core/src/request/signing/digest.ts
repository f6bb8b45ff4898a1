import type { Credentials } from "../../contract/credentials.ts";
import type { Flow } from "../../contract/flow/flow.ts";
import { toHex } from "../../util/hex.ts";
import { type Challenge, parseChallenges } from "./challenges.ts";
import { ALGORITHMS, createDigestOf, type DigestAlgorithm, type DigestOf } from "./digest-of.ts";

/** The secret of a digest session for one realm. It does not reveal the password. Plain JSON. */
export interface DigestKey {
  readonly username: string;
  /** The vendor's realm. */
  readonly realm: string;
  readonly algorithm: DigestAlgorithm;
  /** The hash of user name, realm and password: a secret that signs requests as the password would. */
  readonly hash: string;
}

/** Digest authentication for a flow. */
export interface Digest<Data> {
  /**
   * Creates a session's key from a vendor's challenge, which the next request with the key answers.
   * @param challenge the header `WWW-Authenticate` of a 401.
   * @returns `undefined` if the header has no supported challenge.
   * @example
   * const data = auth.key(response.headers.get("www-authenticate"), await context.credentials());
   */
  key(challenge: string | null, credentials: Pick<Credentials, "username" | "password">): DigestKey | undefined;
  /** The flow's `sign`. */
  sign: NonNullable<Flow<Data, unknown>["sign"]>;
  /**
   * The flow's `rotate`: it adopts `nextnonce` from a response. The data does not change.
   * @example
   * const flow = { ...parts, sign: auth.sign, rotate: auth.rotate, parse: auth.parse };
   */
  rotate(response: Response, record: { readonly data: Data }): undefined;
  /**
   * Checks a key that a store returned.
   * @throws {TypeError} `TypeError` if the value is not a key. The core then signs in.
   * @example
   * const flow = { ...parts, sign: auth.sign, rotate: auth.rotate, parse: auth.parse };
   */
  parse(key: unknown): DigestKey;
}

/** How many nonces of a session keep their counters. */
const MAX_NONCES = 64;

interface Nonce {
  readonly nonce: string;
  readonly cnonce: string;
  readonly hasQop: boolean;
  readonly secret: string;
  /** Shared by all requests. */
  readonly parameters: string;
  count: number;
  /** A response came without a next nonce. Later ones are not searched, to save time. */
  isSilent: boolean;
}

/**
 * Creates digest authentication for a flow (RFC 7616, and RFC 2069 for old cameras). It needs `node:crypto`, which
 * Node, Bun, Deno and workerd have.
 *
 * It supports MD5, SHA-256 and SHA-512-256, with `-sess`, `qop=auth` and hashed user names, but not `auth-int`. A nonce
 * is reused until it is stale or the vendor sends `nextnonce`. A challenge to a signed request without `stale=true`
 * means a wrong password. It is not answered, so that a wrong password is sent only once.
 * @param keyOf finds the key in the session's data. Default: the data is the key.
 * @throws {InvalidOptions} `invalid_options` when a request is signed in a runtime without `node:crypto`.
 * @see https://www.rfc-editor.org/rfc/rfc7616
 * @example
 * const auth = digest();
 * const flow: Flow<DigestKey, { name: string }> = {
 *   vendor: "acme",
 *   baseUrl: new URL("https://camera.example/"),
 *   async login(context) {
 *     const credentials = await context.credentials();
 *     const first = await context.send("status", { method: "GET" });
 *     const data = auth.key(first.headers.get("www-authenticate"), credentials);
 *     if (data === undefined) throw first.toError();
 *     const response = await context.send("status", { method: "GET", as: data });
 *     if (response.status === 401) throw new InvalidCredentials("acme", "the password was refused.");
 *     if (!response.ok) throw response.toError();
 *     return { data, user: { name: credentials.username } };
 *   },
 *   authorize: () => ({}),
 *   sign: auth.sign,
 *   rotate: auth.rotate,
 *   parse: auth.parse,
 * };
 */
export function digest<Data extends object = DigestKey>(
  keyOf: (data: Data) => DigestKey = (data: object) => data as DigestKey,
): Digest<Data> {
  // Two sessions can share a flow.
  const current = new WeakMap<DigestKey, Nonce>();
  const earlier = new WeakMap<DigestKey, Map<string, Nonce>>();
  // A WeakSet of short-lived objects would cost more than the signature.
  const SIGNED = Symbol("signed");
  let made: DigestOf | undefined;
  const digestOf: DigestOf = (...args) => {
    made ??= createDigestOf();
    return made(...args);
  };

  function use(key: DigestKey, made: Nonce): void {
    // Concurrent calls can get the same nonce, whose counter must not restart.
    const known = earlier.get(key) ?? new Map<string, Nonce>();
    const nonce = known.get(made.nonce) ?? made;
    const [oldest] = known.keys();
    if (known.size >= MAX_NONCES && oldest !== undefined) known.delete(oldest);
    earlier.set(key, known.set(nonce.nonce, nonce));
    current.set(key, nonce);
  }

  function accept(key: DigestKey, { parameters }: Challenge): void {
    const nonce = parameters.get("nonce") ?? "";
    const cnonce = toHex(crypto.getRandomValues(new Uint8Array(16)));
    const isSession = /-sess$/i.test(parameters.get("algorithm") ?? "");
    use(key, {
      nonce,
      cnonce,
      hasQop: parameters.has("qop"),
      secret: isSession ? digestOf(key.algorithm, key.hash, nonce, cnonce) : key.hash,
      parameters: constantParameters(digestOf, key, parameters),
      isSilent: false,
      count: 0,
    });
  }

  return {
    key(header, { username, password }) {
      const challenge = challengesIn(header).find(isUsable);
      const algorithm = challenge && algorithmOf(challenge);
      if (challenge === undefined || algorithm === undefined) return undefined;
      const realm = challenge.parameters.get("realm") ?? "";
      const key = { username, realm, algorithm, hash: digestOf(algorithm, username, realm, password) };
      accept(key, challenge);
      return key;
    },

    sign(request, { data }, header) {
      const { method, url } = request;
      const key = keyOf(data);
      if (header !== undefined) {
        const challenge = challengesIn(header).find((one) => isUsable(one) && isFor(key, one));
        // Unless the nonce is stale, the signature is wrong. A second one would count as a second wrong password.
        const isRefused = SIGNED in request && challenge?.parameters.get("stale")?.toLowerCase() !== "true";
        if (challenge === undefined || isRefused) return {};
        accept(key, challenge);
      }
      const nonce = current.get(key);
      if (nonce !== undefined) Object.assign(request, { [SIGNED]: true });
      return nonce === undefined
        ? {}
        : { authorization: signature(digestOf, key, nonce, method, url.pathname + url.search) };
    },

    rotate(response, { data }) {
      const key = keyOf(data);
      const before = current.get(key);
      if (before === undefined || before.isSilent) return undefined;
      const [, nonce] = /\bnextnonce\s*=\s*"([^"]*)"/i.exec(response.headers.get("authentication-info") ?? "") ?? [];
      if (nonce === undefined || nonce === before.nonce) {
        before.isSilent = true;
        return undefined;
      }
      use(key, { ...before, nonce, count: 0 });
      return undefined;
    },

    parse(value) {
      const { username, realm, algorithm, hash: secret } = Object(value) as Record<string, unknown>;
      const texts = [username, realm, secret].every((text) => typeof text === "string");
      if (!texts || !ALGORITHMS.some((known) => known === algorithm)) {
        throw new TypeError("this is not the key of a digest session.");
      }
      return value as DigestKey;
    },
  };
}

function challengesIn(header: string | null): readonly Challenge[] {
  return parseChallenges(header ?? "").filter(({ scheme }) => scheme === "digest");
}

function isUsable(challenge: Challenge): boolean {
  const { parameters } = challenge;
  const qop = parameters
    .get("qop")
    ?.toLowerCase()
    .split(/[\s,]+/);
  return parameters.has("nonce") && algorithmOf(challenge) !== undefined && (qop?.includes("auth") ?? true);
}

function algorithmOf({ parameters }: Challenge): DigestAlgorithm | undefined {
  const name = (parameters.get("algorithm") ?? "MD5").toUpperCase().replace(/-SESS$/, "");
  return ALGORITHMS.find((known) => known === name);
}

function isFor({ realm, algorithm }: DigestKey, challenge: Challenge): boolean {
  return algorithmOf(challenge) === algorithm && (challenge.parameters.get("realm") ?? "") === realm;
}

function signature(digestOf: DigestOf, { algorithm }: DigestKey, state: Nonce, method: string, uri: string): string {
  const { nonce, cnonce, hasQop, secret, parameters } = state;
  const count = (++state.count).toString(16).padStart(8, "0");
  const request = digestOf(algorithm, method, uri);
  const response = hasQop
    ? digestOf(algorithm, secret, nonce, count, cnonce, "auth", request)
    : digestOf(algorithm, secret, nonce, request);
  // The RFC does not quote `qop` and `nc`.
  const use = hasQop ? `, qop=auth, nc=${count}, cnonce="${cnonce}"` : "";
  return `Digest ${parameters}, nonce=${quoted(nonce)}, uri=${quoted(uri)}, response="${response}"${use}`;
}

function constantParameters(
  digestOf: DigestOf,
  { username, realm, algorithm }: DigestKey,
  challenge: Challenge["parameters"],
): string {
  const isHashed = challenge.get("userhash")?.toLowerCase() === "true";
  const isPlain = /^[\x20-\x7e]*$/.test(username);
  const name = isHashed ? digestOf(algorithm, username, realm) : username;
  const opaque = challenge.get("opaque");
  return [
    isHashed || isPlain ? `username=${quoted(name)}` : `username*=UTF-8''${encodeURIComponent(username)}`,
    `realm=${quoted(realm)}`,
    ...(challenge.has("algorithm") ? [`algorithm=${challenge.get("algorithm")}`] : []),
    ...(opaque === undefined ? [] : [`opaque=${quoted(opaque)}`]),
    ...(isHashed ? ["userhash=true"] : []),
  ].join(", ");
}

function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, "\\$&")}"`;
}
