import type { Flow } from "@vms/core/flow";
import { errorOf } from "./errors.ts";
import { parseExpiresAt } from "./expires-at.ts";
import type { AdminTokenSettings } from "./options.ts";
import { type AdminTokenData, type AdminUser, bareToken, loginSchema, parseData } from "./wire.ts";

/**
 * Signs in to the admin API of AiPix VMS: login and password for a token. The vendor documents no renewal and no logout,
 * so there is no `extend` and no `logout`.
 * @see AiPix VMS, Admin API, "Obtaining a token"
 */
export function adminTokenFlow({ baseUrl, timeZone }: AdminTokenSettings): Flow<AdminTokenData, AdminUser> {
  return {
    vendor: "admin-token",
    baseUrl,
    // An assumption: the vendor's framework returns 401 to a rejected call only if `Accept` lists JSON first. Otherwise it
    // redirects to a login page, whose status is 200. In `@vms/simulator`: `redirectWithoutJson`.
    headers: { accept: "application/json, */*" },

    async login(context) {
      const { username, password } = await context.credentials();
      const response = await context.send("api/admin/v1/auth/token", { json: { login: username, password } });
      if (!response.ok) throw errorOf(response, context.redact);
      const { access_token, expires_at, user } = response.json(loginSchema(timeZone));
      return { data: { token: bareToken(access_token) }, user, expiresAt: parseExpiresAt(expires_at, timeZone) };
    },

    authorize: ({ data }) => ({ headers: { authorization: `Bearer ${data.token}` } }),

    parse: parseData,
  };
}
