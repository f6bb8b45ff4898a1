import type { Flow } from "@vms/core";
import { isVendorHost, VENDOR_ORIGINS } from "./brand.ts";
import { credentialOf } from "./credential.ts";
import type { EagleEyeSettings } from "./options.ts";
import { createSignIn, type RememberedKey } from "./sign-in.ts";
import type { EagleEyeUser } from "./user.ts";
import { type EagleEyeData, parseData } from "./wire.ts";

/** The flow of one session. */
export interface EagleEyeFlow extends Flow<EagleEyeData, EagleEyeUser> {
  /** Removes the `tfa_key` of an unfinished login. */
  forget(): void;
}

/**
 * Signs in to Eagle Eye Networks: user name and password for a token; the token, and a code if one is required, for the
 * session's cookie; then the switch to the option `account`.
 *
 * A token is sent to authorize once. After any failure the login starts again at authenticate.
 * @see Eagle Eye Networks API, "Authentication"
 */
export function eagleEyeFlow(settings: EagleEyeSettings): EagleEyeFlow {
  const { baseUrl, realm, account } = settings;
  const identity = identityOf(realm, account);
  const remembered: RememberedKey = { key: undefined };
  return {
    vendor: "eagleeye",
    baseUrl,
    ...(identity === undefined ? {} : { identity }),
    ...(isVendorHost(baseUrl) ? { allowedOrigins: VENDOR_ORIGINS } : {}),
    login: (context) => createSignIn(settings, remembered).login(context),
    resume: (context, cookies) => createSignIn(settings, remembered).resume(context, cookies),
    authorize: ({ data }) => credentialOf(settings, data),
    outlives: ({ tfaKey }) => tfaKey !== undefined,
    logout: (context, record) => createSignIn(settings, remembered).signOut(context, record.data, record.baseUrl),
    parse: parseData,
    forget() {
      remembered.key = undefined;
    },
  };
}

// The identity for a realm alone must not change, so that stored sessions stay valid.
function identityOf(realm: string | undefined, account: string | undefined): string | undefined {
  return account === undefined ? realm : JSON.stringify([realm ?? null, account]);
}
