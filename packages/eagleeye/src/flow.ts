import type { Flow } from "@vms/core/flow";
import { isVendorHost, VENDOR_ORIGINS } from "./brand.ts";
import { credentialOf } from "./credential.ts";
import { type EagleEyeDraft, signOut } from "./login-requests.ts";
import type { EagleEyeSettings } from "./options.ts";
import { createSignIn } from "./sign-in.ts";
import type { EagleEyeUser } from "./user.ts";
import { type EagleEyeData, parseData } from "./wire.ts";

/**
 * Signs in to Eagle Eye Networks: user name and password for a token; the token, and a code if one is required, for the
 * session's cookie; then the switch to the option `account`.
 *
 * A token is sent to authorize once. If that fails, the login starts again at authenticate.
 * @see Eagle Eye Networks API, "Authentication"
 */
export function eagleEyeFlow(settings: EagleEyeSettings): Flow<EagleEyeData, EagleEyeUser, EagleEyeDraft> {
  const { baseUrl, realm, account, apiKey, apiKeyHeader, body } = settings;
  const identity = identityOf(realm, account);
  return {
    vendor: "eagleeye",
    baseUrl,
    ...(identity === undefined ? {} : { identity }),
    loginInputs: [apiKey ?? "", apiKeyHeader, realm ?? "", account ?? "", body],
    ...(isVendorHost(baseUrl) ? { allowedOrigins: VENDOR_ORIGINS } : {}),
    login: (context) => createSignIn(settings).login(context),
    resume: (context, cookies) => createSignIn(settings).resume(context, cookies),
    async abandon(context, { opened }) {
      if (opened !== undefined) await signOut(context, opened);
    },
    authorize: ({ data }) => credentialOf(settings, data),
    outlives: ({ tfaKey }) => tfaKey !== undefined,
    logout: (context, { data, baseUrl: base }) => signOut(context, { data, baseUrl: new URL(base) }),
    parse: parseData,
  };
}

// The identity of a realm must not change, so that stored sessions stay valid.
function identityOf(realm: string | undefined, account: string | undefined): string | undefined {
  return account === undefined ? realm : JSON.stringify([realm ?? null, account]);
}
