import type { Flow } from "@vms/core/flow";
import { loginFailure } from "./errors.ts";
import type { YourVendorSettings } from "./options.ts";
import { loginSchema, parseData, type YourVendorData, type YourVendorUser } from "./wire.ts";

// Write this: the vendor's own requests. These are made up: user name and password for a bearer token.
/** Signs in to Your Vendor. The flow knows how to sign in; the core decides when to sign in, retry and renew. */
export function yourVendorFlow({ baseUrl }: YourVendorSettings): Flow<YourVendorData, YourVendorUser> {
  return {
    vendor: "your-vendor",
    baseUrl,

    /**
     * All requests of a login. `context.send` returns a response of any status, and follows no redirect.
     * If the vendor returns the expiry, return `expiresIn` or `expiresAt` too. If it documents one, return `idleTimeout`.
     *
     * If a session is open before the login is complete, put it into `context.draft`: a retry of the login continues with
     * it. Then add `abandon(context, draft)`, which ends it at the vendor if the login finally fails.
     */
    async login(context) {
      const { username, password } = await context.credentials();
      const response = await context.send("api/login", { json: { username, password } });
      if (!response.ok) throw loginFailure(response);
      const { token } = response.json(loginSchema);
      return { data: { token }, user: { username } };
    },

    /** The credential of a call: `headers`, `cookies` or `searchParams` with `data`. */
    authorize: ({ data }) => ({ headers: { authorization: `Bearer ${data.token}` } }),

    // A 401 to a call means that the session has expired. If the vendor uses another sign, add `isRejected(response)`.

    /** Ends the session at the vendor. `as` sends a request as a session: `authorize` adds the credential. */
    async logout(context, { data }) {
      const response = await context.send("api/logout", { method: "POST", as: data });
      if (!response.ok && response.status !== 401) throw response.toError();
    },

    parse: parseData,
  };
}
