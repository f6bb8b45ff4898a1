import type { ContractServer } from "../../src/index.ts";

/** The times that the server grants, in ms. It sends seconds. */
export const GRANTED = { expiresIn: 3_600_000, idleTimeout: 1_500_000, extendableFor: 86_400_000 } as const;

/** The place of the token in calls. */
export type Place = "header" | "cookie" | "query";

export const places: readonly Place[] = ["header", "cookie", "query"];

interface Opened {
  /** The newest token is the last. An extension ends them all. */
  tokens: readonly string[];
  refresh: string;
  expiresAt: number;
  usedAt: number;
  readonly extendableUntil: number;
}

export type ReferenceServer = Required<Omit<ContractServer, "close">>;

/**
 * A made-up vendor: a password for a token and a single-use refresh token, an idle timeout, a new token with each
 * call, and a device that is known after the first login.
 * @param options whether a new token ends the old ones immediately, and the status for a call of an ended session.
 */
export function referenceServer(
  place: Place,
  { endsOld = false, endedStatus = 401 }: { readonly endsOld?: boolean; readonly endedStatus?: number } = {},
): ReferenceServer {
  const baseUrl = "https://reference.example/v1";
  const account = { username: "grace", password: "made-up-and-long" };
  const opened = new Set<Opened>();
  let ahead = 0;
  let logins = 0;
  let loginAttempts = 0;
  const now = () => Date.now() + ahead;
  const made = (name: string) => `${name}-${crypto.randomUUID()}`;
  const refuse = (status: number, error: string) => Response.json({ error }, { status });

  function issue({ tokens, refresh, extendableUntil }: Opened, device: string): Response {
    const seconds = (ms: number) => Math.round(ms / 1000);
    const token = tokens.at(-1);
    const body = {
      access: place === "cookie" ? undefined : token,
      refresh,
      device,
      expires_in: seconds(GRANTED.expiresIn),
      idle_timeout: seconds(GRANTED.idleTimeout),
      refresh_expires_in: seconds(extendableUntil - now()),
    };
    return Response.json(body, {
      headers: place === "cookie" ? { "set-cookie": `sid=${token}; Path=/; HttpOnly` } : {},
    });
  }

  function open(): Opened {
    const at = now();
    const times = { expiresAt: at + GRANTED.expiresIn, usedAt: at, extendableUntil: at + GRANTED.extendableFor };
    const session = { tokens: [made("token")], refresh: made("refresh"), ...times };
    opened.add(session);
    return session;
  }

  function tokenOf(request: Request): string | null | undefined {
    if (place === "query") return new URL(request.url).searchParams.get("token");
    if (place === "cookie") return /(?:^|; )sid=([^;]*)/.exec(request.headers.get("cookie") ?? "")?.[1];
    return request.headers.get("x-token");
  }

  function find(token: string | null | undefined): Opened | undefined {
    return [...opened].find(
      ({ tokens, expiresAt, usedAt }) =>
        tokens.some((one) => one === token) && now() < expiresAt && now() < usedAt + GRANTED.idleTimeout,
    );
  }

  function called(session: Opened, method: string, path: string, body: string): Response {
    session.usedAt = now();
    if (path === "logout") {
      opened.delete(session);
      return new Response(null, { status: 204 });
    }
    // As some vendors respond to a call that the user may not make.
    if (path === "settings") return refuse(401, "not_permitted");
    if (method === "POST" && path === "notes") return Response.json(JSON.parse(body));
    if (path !== "zones" && path !== "cameras") return refuse(404, "not_found");
    if (path === "cameras") return Response.json([]);
    const token = made("token");
    session.tokens = [...(endsOld ? [] : session.tokens), token];
    return Response.json([], { headers: { "x-new-token": token } });
  }

  async function answer(request: Request): Promise<Response> {
    const path = new URL(request.url).pathname.slice("/v1/".length);
    const body = await request.text();
    if (path === "sessions") {
      loginAttempts++;
      const { username, password, device = made("device") } = JSON.parse(body) as Record<string, string>;
      if (username !== account.username || password !== account.password) return refuse(401, "wrong_password");
      logins++;
      return issue(open(), device);
    }
    if (path === "sessions/refresh") {
      const { refresh, device = "" } = JSON.parse(body) as Record<string, string>;
      const session = [...opened].find((one) => one.refresh === refresh && now() < one.extendableUntil);
      if (session === undefined) return refuse(400, "invalid_grant");
      const at = now();
      const next = { tokens: [made("token")], refresh: made("refresh"), expiresAt: at + GRANTED.expiresIn, usedAt: at };
      return issue(Object.assign(session, next), device);
    }
    const session = find(tokenOf(request));
    return session === undefined ? refuse(endedStatus, "no_session") : called(session, request.method, path, body);
  }

  return {
    vendor: "reference",
    baseUrl,
    account,
    firstCall: "zones?page=1",
    clock: {
      advance(ms) {
        ahead += ms;
      },
    },
    fetch: async (input, init) => {
      const request = new Request(input, init);
      const cookie = new Headers(init?.headers).get("cookie");
      if (cookie !== null) request.headers.set("cookie", cookie);
      request.signal.throwIfAborted();
      const response = await answer(request);
      response.headers.set("date", new Date(now()).toUTCString());
      return response;
    },
    revokeAll: () => opened.clear(),
    get logins() {
      return logins;
    },
    get loginAttempts() {
      return loginAttempts;
    },
    get sessions() {
      return opened.size;
    },
  };
}
