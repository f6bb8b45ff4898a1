import type { Flow } from "@vms/core/flow";
import { loginFailure } from "./errors.ts";
import type { AcmeCamSettings } from "./options.ts";
import { type AcmeCamData, type AcmeCamUser, loginSchema, parseData } from "./wire.ts";

/**
 * Signs in to Acme Cam: user name and password for a token.
 * @see Acme Cam, made up, "Sessions"
 */
export function acmeCamFlow({ baseUrl }: AcmeCamSettings): Flow<AcmeCamData, AcmeCamUser> {
  return {
    vendor: "acme-cam",
    baseUrl,

    async login(context) {
      const { username, password } = await context.credentials();
      const answer = await context.send("sessions", { json: { login: username, secret: password } });
      if (!answer.ok) throw loginFailure(answer);
      const { token } = answer.json(loginSchema);
      return { data: { token }, user: { username } };
    },

    authorize: ({ data }) => ({ headers: { "x-session": data.token } }),

    async logout(context, { data }) {
      const answer = await context.send("sessions/current", { method: "DELETE", as: data });
      if (!answer.ok && answer.status !== 401) throw answer.toError();
    },

    parse: parseData,
  };
}
