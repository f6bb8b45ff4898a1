import type { Flow } from "../src/contract/flow/flow.ts";
import type { SessionOptions } from "../src/contract/options.ts";
import type { Session } from "../src/contract/session.ts";
import { checkOptions } from "../src/contract/settings.ts";
import { InvalidCredentials } from "../src/errors/invalid-credentials.ts";
import { openSession } from "../src/session/create-session.ts";
import { type VirtualClock, virtualClock } from "./virtual-clock.ts";

export interface FakeUser {
  readonly name: string;
}

/** A request as the fake vendor received it. */
interface Seen {
  readonly method: string;
  readonly url: string;
  readonly path: string;
  readonly headers: Headers;
  readonly body: string;
  readonly status: number;
}

type Answer = (request: Request) => Response | Promise<Response> | undefined;

/** A made-up vendor behind `fetch`: it issues numbered tokens and revokes them on request. */
export interface FakeVendor {
  readonly clock: VirtualClock;
  readonly flow: Flow<string, FakeUser>;
  /** The sessions' `fetch`: direct, or through `transport` if there is one. Can be replaced before a session is created. */
  fetch: typeof globalThis.fetch;
  /** How requests reach the vendor. Default: directly. */
  transport: typeof globalThis.fetch | undefined;
  /** Responds to a request, without `transport`. */
  receive(...args: Parameters<typeof globalThis.fetch>): Promise<Response>;
  readonly seen: Seen[];
  logins: number;
  password: string;
  /** The lifetime that login responses contain, in ms. `undefined`: none. */
  lifetime: number | undefined;
  readonly live: Set<string>;
  revoke(): void;
  /** Responds to the next request whose path ends with `path`, in place of the vendor. Later calls queue. */
  next(path: string, answer: Answer): void;
  /** Holds the next request to such a path until `release` is called. Then the vendor responds. */
  hold(path: string): { readonly release: () => void; readonly arrived: Promise<void> };
  session(options?: Partial<SessionOptions>, flow?: Partial<Flow<string, FakeUser>>): Session<FakeUser>;
}

export const ORIGIN = "https://vendor.example";
export const CREDENTIALS = { username: "operator", password: "made-up-password" };

export function fakeVendor(clock: VirtualClock = virtualClock()): FakeVendor {
  const queue: { path: string; answer: Answer }[] = [];
  let tokens = 0;

  const flow: Flow<string, FakeUser> = {
    vendor: "fake",
    baseUrl: new URL(`${ORIGIN}/`),
    async login(context) {
      const { username, password } = await context.credentials();
      const response = await context.send("login", { json: { username, password } });
      if (response.status === 401) throw new InvalidCredentials("fake", "the password was refused.", { status: 401 });
      if (!response.ok) throw response.toError();
      const expiresAt = Number(response.headers.get("x-expires-at") ?? Number.NaN);
      return {
        data: response.headers.get("x-token") ?? "",
        user: { name: username },
        ...(Number.isNaN(expiresAt) ? {} : { expiresAt }),
      };
    },
    authorize: ({ data }) => ({ headers: { authorization: `Bearer ${data}` } }),
    async logout(context, { data }) {
      const response = await context.send("logout", { headers: { authorization: `Bearer ${data}` } });
      if (!response.ok) throw response.toError();
    },
    parse(data) {
      if (typeof data !== "string") throw new TypeError("not a token");
      return data;
    },
  };

  async function answer(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url);
    const index = queue.findIndex(({ path }) => pathname.endsWith(path));
    if (index !== -1) {
      const scripted = await queue.splice(index, 1)[0]?.answer(request);
      if (scripted !== undefined) return scripted;
    }
    const token = request.headers.get("authorization")?.replace("Bearer ", "") ?? "";
    if (pathname.endsWith("/login")) {
      const { password } = (await request.clone().json()) as { password: string };
      if (password !== vendor.password) return new Response(null, { status: 401 });
      vendor.logins++;
      const fresh = `token-${++tokens}`;
      vendor.live.add(fresh);
      const end = vendor.lifetime === undefined ? {} : { "x-expires-at": String(clock.now() + vendor.lifetime) };
      return new Response("{}", { headers: { "x-token": fresh, ...end } });
    }
    if (!vendor.live.has(token)) return new Response("no session", { status: 401 });
    if (pathname.endsWith("/logout")) vendor.live.delete(token);
    return new Response(JSON.stringify({ path: pathname, token }), { headers: { "content-type": "application/json" } });
  }

  let receive: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    const body = request.body === null ? "" : await request.clone().text();
    request.signal.throwIfAborted();
    const response = await new Promise<Response>((resolve, reject) => {
      request.signal.addEventListener("abort", () => reject(request.signal.reason), { once: true });
      answer(request).then(resolve, reject);
    });
    const { method, url, headers } = request;
    vendor.seen.push({ method, url, path: new URL(url).pathname, headers, body, status: response.status });
    return response;
  };

  const vendor: FakeVendor = {
    get fetch() {
      const own = receive;
      // The transport calls the `fetch` that a test put in front of this one, which then calls this one directly.
      return (input: Parameters<typeof own>[0], init?: RequestInit) =>
        (own === receive ? (vendor.transport ?? own) : own)(input, init);
    },
    set fetch(replaced) {
      receive = replaced;
    },
    transport: undefined,
    receive: (input, init) => receive(input, init),
    clock,
    flow,
    seen: [],
    logins: 0,
    password: CREDENTIALS.password,
    lifetime: undefined,
    live: new Set(),
    revoke: () => vendor.live.clear(),
    next: (path, scripted) => void queue.push({ path, answer: scripted }),
    hold(path) {
      const gate = Promise.withResolvers<void>();
      const arrived = Promise.withResolvers<void>();
      vendor.next(path, async () => {
        arrived.resolve();
        await gate.promise;
        return undefined as never;
      });
      return { release: gate.resolve, arrived: arrived.promise };
    },
    session: (options = {}, overrides = {}) =>
      openSession(
        { ...flow, ...overrides },
        checkOptions("fake", { credentials: CREDENTIALS, fetch: vendor.fetch, ...options }),
        clock,
      ),
  };
  return vendor;
}
