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
  return { ...common, baseUrl, login: (context) => signIn(context, totpPlacement) };
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

  // An assumption: any response may replace `va`, and the new value is then the session. In `@vms/simulator`: `rotate`,
  // `rotateAtCode`.
  rotate(response, { data }) {
    if (!response.headers.has("set-cookie")) return undefined;
    const cookie = vaCookie(response.headers);
    return cookie === undefined || cookie.value === data.va ? undefined : { va: cookie.value };
  },

  lifetime(response) {
    const cookie = vaCookie(response.headers);
    return cookie === undefined ? {} : lifetimeOf(cookie);
  },

  logout: (context, { data }) => signOut(context, data),

  parse: parseData,
};
