import type { ContractServer } from "@vms/test-suite";

const BASE_URL = "https://vendor.example/api";
const ACCOUNT = { username: "ada@acme.example", password: "made-up-password-81" };

/** The open sessions at a vendor. */
export interface Sessions {
  /** Opens a session. `undefined` for a wrong user name or password. */
  open(username: unknown, password: unknown): string | undefined;
  has(session: string | null): session is string;
  end(session: string): void;
}

/** The vendor-specific parts of a server. */
export interface Served {
  readonly vendor: string;
  /** The path of a `GET` that is answered 2xx with a session. */
  readonly firstCall: string;
  readonly answer: (request: Request, path: string, sessions: Sessions) => Promise<Response>;
}

/** A server in this process, for any vendor. Sessions reach it with its `fetch`. */
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
    // In a session, an error of `answer` looks like a network failure. So it is thrown here.
    close() {
      if (broken !== undefined) throw broken;
    },
  };
}
