import type { Authorization, SessionInfo } from "@vms/core";
import type { Client, ClientSetup } from "./client.ts";

/** How often it tries again after a rejection. */
const TRIES = 3;

/**
 * The client that most integrations start with: each call that has no credential, or whose credential is rejected, signs in
 * and tries again. It breaks most guarantees.
 */
export function naiveClient(setup: ClientSetup): Client {
  let credential: Authorization | undefined;

  async function login(): Promise<SessionInfo> {
    const { credentials } = setup.options;
    const given = typeof credentials === "function" ? await credentials() : credentials;
    const { username } = given as { readonly username: string };
    const password = (given as { readonly password: string }).password;
    // One login, without a memory of the logins before.
    const { store: _, loginLimiter: __, ...options } = setup.options;
    const session = setup.vendor.create({ ...options, fetch: setup.fetch, retry: { attempts: 1 } });
    try {
      credential = await session.authorization();
    } catch {
      throw new Error(`Could not sign in as ${username}:${password}`);
    }
    return session.info as SessionInfo;
  }

  const authorized = (input: URL | string, init: RequestInit = {}): Promise<Response> => {
    const url = new URL(input, `${setup.options.baseUrl.replace(/\/$/, "")}/`);
    const headers = new Headers(init.headers);
    for (const [name, value] of Object.entries(credential?.headers ?? {})) headers.set(name, value);
    for (const [name, value] of Object.entries(credential?.searchParams ?? {})) url.searchParams.set(name, value);
    return setup.fetch(url, { ...init, headers });
  };

  return {
    async fetch(input, init = {}) {
      if (credential === undefined) await login();
      let response = await authorized(input as string, init);
      for (let tries = 1; response.status === 401 && tries < TRIES; tries += 1) {
        await login();
        response = await authorized(input as string, { ...init, body: null, method: "GET" });
      }
      return response;
    },
    login,
    renew: login,
    async logout() {
      credential = undefined;
    },
    async close() {
      credential = undefined;
    },
  };
}
