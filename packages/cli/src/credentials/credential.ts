import type { Authorization } from "@vms/core";
import { interruptible } from "../command-line/interrupt.ts";
import { withErrorContext } from "../error-messages/with-error-context.ts";
import { openProfile } from "../sessions/open-profile.ts";
import type { System } from "../system/system.ts";

/** The credential of a session, and where it may be sent. It contains the secret. */
export interface Credential extends Authorization {
  readonly profile: string;
  readonly vendor: string;
  readonly account: string;
  /** Where calls go, with a trailing slash. */
  readonly url: string;
  /** The user agent of `vms`. Some hosts reject the default ones of HTTP clients. */
  readonly userAgent: string;
  /** Absolute expiry in ms since the epoch, if known. */
  readonly expiresAt: number | undefined;
}

/**
 * The credential of a profile's session. Signs in if there is no session and a password is known.
 * @param given the name of the profile. `undefined` for the default one.
 */
export function getCredential(system: System, given: string | undefined): Promise<Credential> {
  return interruptible(system, async (signal) => {
    const { name, session, profile } = await openProfile(system, given);
    return withErrorContext({ name, profile, system }, async () => {
      const { vendor, account, baseUrl: url, expiresAt } = await session.login({ signal });
      const authorization = await session.authorization({ signal });
      return { ...authorization, profile: name, vendor, account, url, expiresAt, userAgent: `vms-cli-${vendor}` };
    });
  });
}

/** The credential as the vendor's documentation names it: the token, or the value of the cookie. */
export function bareToken({ cookies, headers, searchParams }: Credential): string {
  const [cookie] = Object.values(cookies);
  if (cookie !== undefined) return cookie;
  const { authorization } = headers;
  // Without its scheme: `Bearer …`, `Token …`.
  if (authorization !== undefined) return authorization.replace(/^\S+ +/, "");
  return searchParams.session ?? Object.values(searchParams).at(-1) ?? "";
}
