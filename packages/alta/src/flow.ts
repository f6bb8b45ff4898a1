import type { Flow, RetryOptions } from "@vms/core";
import type { AltaSettings } from "./options.ts";
import { createSignIn } from "./sign-in.ts";
import { type AltaData, type AltaUser, cookieHeader, lifetimeOf, parseData, vaCookie } from "./wire.ts";

/**
 * Signs in to Avigilon Alta Video: user name and password for the cookie `va`, and a code if the account requires one.
 * @see Avigilon Alta Video, "API Authentication"
 */
export function altaFlow({ baseUrl, codeIn }: AltaSettings, retry?: RetryOptions): Flow<AltaData, AltaUser> {
  return { ...common, baseUrl, login: createSignIn(codeIn, retry) };
}

/** The parts of the flow that all sessions share. */
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

  // Observed, not documented: the vendor rejects the cookie afterwards. A 401 means that the session has already ended.
  async logout(context, { data }) {
    const answer = await context.send("api/v1/logout", { headers: cookieHeader(data.va) });
    if (!answer.ok && answer.status !== 401) throw answer.failure();
  },

  parse: parseData,
};
