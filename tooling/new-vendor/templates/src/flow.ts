import type { Flow } from "@vms/core";
import { parseData, type YourVendorData, type YourVendorUser } from "./wire.ts";
import { writeThis } from "./write-this.ts";

/** Signs in to Your Vendor. When to sign in, to try again and to renew is the core's: a flow only says how. */
export function yourVendorFlow(baseUrl: URL): Flow<YourVendorData, YourVendorUser> {
  return {
    vendor: "your-vendor",
    baseUrl,

    /**
     * The whole conversation, however many steps. `context.send` answers any status, and follows no redirect:
     *
     *     const { username, password } = await context.credentials();
     *     const answer = await context.send("login", { json: { username, password } });
     *     if (!answer.ok) throw loginFailure(answer);
     *     const { token } = answer.json(loginSchema);
     *     return { data: { token }, user: { username } };
     *
     * Where the vendor tells the end, return `expiresIn` or `expiresAt` too; `idleTimeout`, where it is documented.
     */
    async login() {
      return writeThis("the vendor's login, in src/flow.ts");
    },

    /** Where the credential goes on a call: `headers`, `cookies` or `searchParams` made of `data`. */
    authorize() {
      return writeThis("where the credential goes on a call, in src/flow.ts");
    },

    // A 401 to a call means that the session is gone. Where the vendor says it otherwise, add `isRejected(response)`.

    /** Ends the session at the vendor. Anything but success, or a session that is gone already, is `answer.failure()`. */
    async logout() {
      writeThis(
        "the vendor's sign-out, in src/flow.ts; without one, `signsOut: false` in test/contract.test.ts instead",
      );
    },

    parse: parseData,
  };
}
