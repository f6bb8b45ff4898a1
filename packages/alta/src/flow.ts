import type { Flow } from "@vms/core/flow";
import { type AltaDraft, dataOf, signOut } from "./login-requests.ts";
import type { AltaSettings } from "./options.ts";
import { signIn } from "./sign-in.ts";
import { type AltaData, type AltaUser, lifetimeOf, parseData, vaCookie } from "./wire.ts";

type AltaFlow = Flow<AltaData, AltaUser, AltaDraft>;

/**
 * Signs in to Avigilon Alta Video: user name and password for the cookie `va`, and a code if the account requires one.
 * @see Avigilon Alta Video, "API Authentication"
 */
export function altaFlow({ baseUrl, totpPlacement }: AltaSettings): AltaFlow {
  return { ...common, baseUrl, login: (context) => signIn(context, { baseUrl, totpPlacement }) };
}

/** The parts of the flow that all sessions share. */
const common: Omit<AltaFlow, "baseUrl" | "login"> = {
  vendor: "alta",

  async resume(context, { va }) {
    if (va === undefined || va === "") return undefined;
    const username = context.account;
    return { data: { va }, user: { username }, ...lifetimeOf({ value: va }) };
  },

  async abandon(context, { cookie }) {
    if (cookie !== undefined) await signOut(context, dataOf(cookie));
  },

  authorize: ({ data }) => ({ cookies: { va: data.va } }),

  // An assumption: any response can replace `va`, and later requests send the new value. In `@vms/simulator`: `rotate`,
  // `rotateAtCode`.
  //
  // A deleted cookie is not replaced: it is sent until the vendor rejects it. A 401 then causes the one login that is needed.
  rotate({ headers, url }, { data, baseUrl }) {
    if (!headers.has("set-cookie")) return undefined;
    const cookie = vaCookie(headers, baseUrl, url);
    return cookie === undefined || cookie.value === data.va ? undefined : { va: cookie.value };
  },

  lifetime({ headers, url }, _, { baseUrl }) {
    const cookie = vaCookie(headers, baseUrl, url);
    return cookie === undefined ? {} : lifetimeOf(cookie);
  },

  logout: (context, { data }) => signOut(context, data),

  parse: parseData,
};
