import { createHash } from "node:crypto";
import type { Flow } from "../src/contract/flow/flow.ts";
import type { SessionOptions } from "../src/contract/options.ts";
import type { Session } from "../src/contract/session.ts";
import { checkOptions } from "../src/contract/settings.ts";
import { InvalidCredentials } from "../src/errors/invalid-credentials.ts";
import { type DigestKey, digest } from "../src/request/signing/digest.ts";
import { openSession } from "../src/session/create-session.ts";
import { CREDENTIALS, type FakeUser, type FakeVendor, fakeVendor, ORIGIN } from "./fake-vendor.ts";

/** A made-up vendor with digest authentication, which checks nonce counts and can make nonces stale. */
export interface DigestVendor {
  /** The same vendor as the test clients need it. */
  readonly vendor: FakeVendor;
  readonly flow: Flow<DigestKey, FakeUser>;
  /** What was sent, in order: `200 GET /status nc=2`. */
  readonly log: string[];
  readonly bodies: string[];
  /** Forgets all nonces. */
  expire(): void;
  /** The next nonce, named in each accepted response. */
  nextNonce: (() => string) | undefined;
  algorithm: string;
  /** Whether several challenges have the same nonce. */
  repeatsNonces: boolean;
  session(options?: Partial<SessionOptions>, flow?: Partial<Flow<DigestKey, FakeUser>>): Session<FakeUser>;
}

export function digestVendor(): DigestVendor {
  const base = fakeVendor();
  const nonces = new Map<string, Set<string>>();
  let made = 0;

  const makeNonce = () => {
    if (it.repeatsNonces && nonces.size > 0) return [...nonces.keys()].at(-1) ?? "";
    const nonce = `nonce-${++made}`;
    nonces.set(nonce, new Set());
    return nonce;
  };
  const challenge = (stale: boolean) =>
    new Response("who are you?", {
      status: 401,
      headers: {
        "www-authenticate": `Basic realm="cam", Digest realm="cam", qop="auth", algorithm=${it.algorithm}, nonce="${makeNonce()}"${stale ? ", stale=true" : ""}`,
      },
    });

  function check(request: Request): Response | undefined {
    const header = request.headers.get("authorization") ?? "";
    const pairs = header.matchAll(/(\w+)=(?:"([^"]*)"|([^,\s]+))/g);
    const sent = Object.fromEntries([...pairs].map(([, name, quoted, plain]) => [name, quoted ?? plain]));
    if (!header.startsWith("Digest ")) return challenge(false);
    const { nonce = "", nc = "", cnonce, response, uri, username } = sent;
    const name = it.algorithm.startsWith("SHA-256") ? "sha256" : "md5";
    const h = (text: string) => createHash(name).update(text).digest("hex");
    const plain = h(`${username}:cam:${base.password}`);
    const secret = it.algorithm.endsWith("-sess") ? h(`${plain}:${nonce}:${cnonce}`) : plain;
    const { pathname, search } = new URL(request.url);
    const right = h(`${secret}:${nonce}:${nc}:${cnonce}:auth:${h(`${request.method}:${pathname}${search}`)}`);
    if (uri !== pathname + search || response !== right) return challenge(false);
    const used = nonces.get(nonce);
    // A reused count is a replay.
    if (used === undefined || used.has(nc)) return challenge(true);
    used.add(nc);
    return undefined;
  }

  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    const body = request.body === null ? "" : await request.clone().text();
    const { pathname } = new URL(request.url);
    const response = check(request);
    const [, digits] = /nc=([\da-f]+)/.exec(request.headers.get("authorization") ?? "") ?? [];
    const nc = digits && Number.parseInt(digits, 16);
    const status = response?.status ?? 200;
    it.log.push(`${status} ${request.method} ${pathname}${nc === undefined ? "" : ` nc=${nc}`}`);
    it.bodies.push(body);
    request.signal.throwIfAborted();
    if (response !== undefined) return response;
    if (pathname === "/away") return new Response(null, { status: 307, headers: { location: "/to?a=1" } });
    const next = it.nextNonce?.();
    if (next !== undefined) nonces.set(next, new Set());
    return new Response(JSON.stringify({ path: pathname, body }), {
      headers: {
        "content-type": "application/json",
        ...(next === undefined ? {} : { "authentication-info": `nextnonce="${next}"` }),
      },
    });
  };

  const auth = digest();
  const flow: Flow<DigestKey, FakeUser> = {
    vendor: "fake",
    baseUrl: new URL(`${ORIGIN}/`),
    async login(context) {
      const credentials = await context.credentials();
      const first = await context.send("status", { method: "GET" });
      const data = auth.key(first.headers.get("www-authenticate"), credentials);
      if (data === undefined) throw first.toError();
      const response = await context.send("status", { method: "GET", as: data });
      if (response.status === 401) throw new InvalidCredentials("fake", "the password was refused.", { status: 401 });
      if (!response.ok) throw response.toError();
      return { data, user: { name: credentials.username } };
    },
    authorize: () => ({}),
    sign: auth.sign,
    rotate: auth.rotate,
    parse: auth.parse,
  };

  const it: DigestVendor = {
    vendor: Object.assign(base, { fetch }),
    flow,
    log: [],
    bodies: [],
    expire: () => nonces.clear(),
    nextNonce: undefined,
    algorithm: "MD5",
    repeatsNonces: false,
    session: (options = {}, overrides = {}) =>
      openSession(
        { ...flow, ...overrides },
        checkOptions("fake", { credentials: CREDENTIALS, fetch, ...options }),
        base.clock,
      ),
  };
  return it;
}
