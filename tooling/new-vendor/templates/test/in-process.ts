import type { ContractServer } from "@vms/test-suite";

const BASE_URL = "https://vendor.example/api";
const ACCOUNT = { username: "ada@acme.example", password: "made-up-password-81" };

/** The sessions that are open at a vendor. */
export interface Sessions {
  /** Opens one; `undefined` for a wrong user name or password. */
  open(username: unknown, password: unknown): string | undefined;
  has(session: string | null): session is string;
  end(session: string): void;
}

/** What makes a server the vendor's. */
export interface Served {
  readonly vendor: string;
  /** The path of a `GET` that is answered 2xx to who is signed in. */
  readonly firstCall: string;
  readonly answer: (request: Request, path: string, sessions: Sessions) => Promise<Response>;
}

/** A server in this process: sessions reach it by its `fetch`. Nothing in it is one vendor's own. */
export function serveInProcess({ vendor, firstCall, answer }: Served): ContractServer {
  const alive = new Set<string>();
  let attempts = 0;
  let logins = 0;
  let broken: unknown;

  const sessions: Sessions = {
    open(username, password) {
      attempts++;
      if (username !== ACCOUNT.username || password !== ACCOUNT.password) return undefined;
      logins++;
      const session = crypto.randomUUID();
      alive.add(session);
      return session;
    },
    has: (session): session is string => session !== null && alive.has(session),
    end: (session) => void alive.delete(session),
  };

  return {
    vendor,
    baseUrl: BASE_URL,
    account: ACCOUNT,
    firstCall,
    async fetch(input, init) {
      const request = new Request(input, init);
      request.signal.throwIfAborted();
      try {
        return await answer(request, request.url.slice(`${BASE_URL}/`.length), sessions);
      } catch (error) {
        broken ??= error;
        throw error;
      }
    },
    revokeAll: () => alive.clear(),
    get logins() {
      return logins;
    },
    get loginAttempts() {
      return attempts;
    },
    get sessions() {
      return alive.size;
    },
    // An error in here looks like a network that is down. So that nobody looks for it in the package, it is told at the end.
    close() {
      if (broken !== undefined) throw broken;
    },
  };
}
