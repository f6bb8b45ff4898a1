import type { Flow } from "@vms/core/flow";
import type { YourVendorSettings } from "./options.ts";
import { parseData, type YourVendorData, type YourVendorUser } from "./wire.ts";
import { writeThis } from "./write-this.ts";

/** Signs in to Your Vendor. The flow knows how to sign in; the core decides when to sign in, retry and renew. */
export function yourVendorFlow({ baseUrl }: YourVendorSettings): Flow<YourVendorData, YourVendorUser> {
  return {
    vendor: "your-vendor",
    baseUrl,

    /**
     * All requests of a login. `context.send` returns a response of any status, and follows no redirect:
     *
     *     const { username, password } = await context.credentials();
     *     const response = await context.send("login", { json: { username, password } });
     *     if (!response.ok) throw loginFailure(response);
     *     const { token } = response.json(loginSchema);
     *     return { data: { token }, user: { username } };
     *
     * If the vendor returns the expiry, return `expiresIn` or `expiresAt` too. If it documents one, return `idleTimeout`.
     *
     * If a session is open before the login is complete, put it into `context.draft`: a retry of the login continues with
     * it. Then add `abandon(context, draft)`, which ends it at the vendor if the login finally fails.
     */
    async login() {
      return writeThis("the vendor's login, in src/flow.ts");
    },

    /** The credential of a call: `headers`, `cookies` or `searchParams` with `data`. */
    authorize() {
      return writeThis("where the credential goes on a call, in src/flow.ts");
    },

    // A 401 to a call means that the session has expired. If the vendor uses another sign, add `isRejected(response)`.

    /**
     * Ends the session at the vendor. `as` sends a request as a session: `authorize` adds the credential.
     *
     *     async logout(context, { data }) {
     *       const response = await context.send("logout", { as: data });
     *       if (!response.ok && response.status !== 401) throw response.toError();
     *     }
     */
    async logout() {
      writeThis(
        "the vendor's sign-out, in src/flow.ts; without one, `signsOut: false` in test/contract.test.ts instead",
      );
    },

    parse: parseData,
  };
}
