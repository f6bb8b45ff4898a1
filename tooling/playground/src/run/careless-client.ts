import type { Authorization, SessionInfo } from "@vms/core";
import type { Client, ClientSetup } from "./client.ts";

/** What the careless clients of all processes share. */
export interface Shared {
  credential: Authorization | undefined;
  expiresAt: number | undefined;
  login: Promise<SessionInfo> | undefined;
}

/**
 * A client that shares one login, with faults that are harder to see: the first caller's signal aborts the login for all, the
 * login follows redirects, the expiry is compared with this machine's clock, and all processes use one variable.
 */
export function carelessClient({ vendor, options, fetch }: ClientSetup, shared: Shared): Client {
  async function login(signal?: AbortSignal): Promise<SessionInfo> {
    const { store: _, loginLimiter: __, ...rest } = options;
    const follow: typeof fetch = async (input, init = {}) => {
      const response = await fetch(input, signal === undefined ? init : { ...init, signal });
      const location = response.headers.get("location");
      if (location !== null) return fetch(location, init);
      response.headers.delete("date");
      return response;
    };
    const session = vendor.create({ ...rest, fetch: follow, retry: { attempts: 1 } });
    shared.credential = await (signal === undefined ? session.authorization() : session.authorization({ signal }));
    shared.expiresAt = session.info?.expiresAt;
    return session.info as SessionInfo;
  }

  const sharedLogin = (signal?: AbortSignal): Promise<SessionInfo> => {
    shared.login ??= login(signal).finally(() => {
      shared.login = undefined;
    });
    return shared.login;
  };

  return {
    async fetch(input, init = {}) {
      const isOver = shared.expiresAt !== undefined && Date.now() >= shared.expiresAt;
      if (shared.credential === undefined || isOver) await sharedLogin(init.signal ?? undefined);
      const send = () =>
        fetch(new URL(String(input), `${options.baseUrl.replace(/\/$/, "")}/`), authorized(init, shared));
      const response = await send();
      if (response.status !== 401) return response;
      await sharedLogin();
      return send();
    },
    login: () => sharedLogin(),
    renew: () => sharedLogin(),
    async logout() {
      shared.credential = undefined;
    },
    async close() {
      shared.credential = undefined;
    },
  };
}

function authorized(init: RequestInit, { credential }: Shared): RequestInit {
  const headers = new Headers(init.headers);
  for (const [name, value] of Object.entries(credential?.headers ?? {})) headers.set(name, value);
  return { ...init, headers };
}
