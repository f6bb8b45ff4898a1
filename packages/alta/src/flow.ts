import { type Flow, InvalidCredentials, UnexpectedResponse } from "@vms/core";
import { type AltaData, type AltaUser, lifetimeOf, parseData, vaCookie } from "./wire.ts";

/**
 * Signs in to Avigilon Alta Video: user name and password for the cookie `va`.
 * @see Avigilon Alta Video, "API Authentication"
 */
export function altaFlow(baseUrl: URL): Flow<AltaData, AltaUser> {
  return {
    vendor: "alta",
    baseUrl,

    async login(context) {
      const { username, password } = await context.credentials();
      const answer = await context.send("api/v1/dologin", { json: { username, password } });
      const cookie = vaCookie(answer.headers);
      // Seen in the field: a deployment answers a good login with a redirect, cookie and all.
      const accepted = answer.ok || (answer.status >= 300 && answer.status < 400);
      if (accepted && cookie !== undefined) {
        return { data: { va: cookie.value }, user: { username }, ...lifetimeOf(cookie) };
      }
      if (answer.status === 401) {
        throw new InvalidCredentials(
          "alta",
          "the vendor refused the user name or password (401). Correct `credentials`.",
          {
            status: 401,
          },
        );
      }
      if (!answer.ok) throw answer.failure();
      throw new UnexpectedResponse(
        "alta",
        `the login was answered ${answer.status} without a \`va\` cookie. Check the base URL; in a browser, cookies cannot be read at all.`,
        { status: answer.status, paths: ["Set-Cookie: va"] },
      );
    },

    async resume(context, { va }) {
      if (va === undefined || va === "") return undefined;
      const { username } = await context.credentials();
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
      const answer = await context.send("api/v1/logout", { headers: { cookie: `va=${data.va}` } });
      if (!answer.ok && answer.status !== 401) throw answer.failure();
    },

    parse: parseData,
  };
}
