import type { Authorization } from "@vms/core";
import { interruptible } from "../command-line/interrupt.ts";
import { withErrorContext } from "../error-messages/with-error-context.ts";
import { openProfile } from "../sessions/open-profile.ts";

/** The credential of a live session, and where it belongs. It *is* the secret. */
export interface Credential extends Authorization {
  /** The name of the profile. */
  readonly profile: string;
  readonly vendor: string;
  readonly account: string;
  /** Where calls go, with a slash at its end. */
  readonly url: string;
  /** What the calls of `vms` call themselves. Some hosts refuse what HTTP clients are called by default. */
  readonly userAgent: string;
  /** The absolute end in ms since the epoch, where it is known. */
  readonly expiresAt: number | undefined;
}

/** The credential of a profile's session. It signs in where there is none and a password is known. */
export function getCredential(name: string): Promise<Credential> {
  return interruptible(async (signal) => {
    const { session, profile } = await openProfile(name);
    return withErrorContext({ name, profile }, async () => {
      const { vendor, account, baseUrl: url, expiresAt } = await session.login({ signal });
      const authorization = await session.authorization({ signal });
      return { ...authorization, profile: name, vendor, account, url, expiresAt, userAgent: `vms-cli-${vendor}` };
    });
  });
}

/** The bare credential, as a vendor's documentation speaks of it: the token, or the value of the cookie. */
export function bareToken({ cookies, headers, searchParams }: Credential): string {
  const [cookie] = Object.values(cookies);
  if (cookie !== undefined) return cookie;
  const { authorization } = headers;
  // Behind its scheme: `Bearer …`, `Token …`.
  if (authorization !== undefined) return authorization.replace(/^\S+ +/, "");
  return searchParams.session ?? Object.values(searchParams).at(-1) ?? "";
}
