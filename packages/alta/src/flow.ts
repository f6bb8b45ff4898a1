import type { Flow, RetryOptions } from "@vms/core";
import type { AltaCodeIn } from "./session.ts";
import { createSignIn } from "./sign-in.ts";
import { type AltaData, type AltaUser, cookieHeader, lifetimeOf, parseData, vaCookie } from "./wire.ts";

/**
 * Signs in to Avigilon Alta Video: user name and password for the cookie `va`, and a code where the account owes one.
 * @see Avigilon Alta Video, "API Authentication"
 */
export function altaFlow(baseUrl: URL, codeIn: AltaCodeIn, retry?: RetryOptions): Flow<AltaData, AltaUser> {
  return { ...common, baseUrl, login: createSignIn(codeIn, retry) };
}

/** What is the same for all sessions. */
const common: Omit<Flow<AltaData, AltaUser>, "baseUrl" | "login"> = {
  vendor: "alta",

  async resume(context, { va }) {
    if (va === undefined || va === "") return undefined;
    const username = context.account;
    return { data: { va }, user: { username }, ...lifetimeOf({ name: "va", value: va }) };
  },

  authorize: ({ data }) => ({ cookies: { va: data.va } }),

  rotate(response, { data }) {
    if (!response.headers.has("set-cookie")) return undefined;
    const cookie = vaCookie(response.headers);
    return cookie === undefined || cookie.value === data.va ? undefined : { va: cookie.value };
  },

  lifetime(response) {
    const cookie = vaCookie(response.headers);
    return cookie === undefined ? {} : lifetimeOf(cookie);
  },

  // Not documented, but seen: the cookie is refused afterwards. A cookie that is dead already is signed out.
  async logout(context, { data }) {
    const answer = await context.send("api/v1/logout", { headers: cookieHeader(data.va) });
    if (!answer.ok && answer.status !== 401) throw answer.failure();
  },

  parse: parseData,
};
