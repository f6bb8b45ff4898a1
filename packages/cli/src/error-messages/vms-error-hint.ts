import type { AnyVmsError } from "@vms/core";
import { lengthOf } from "../command-line/format-time.ts";
import { isVendor, vendors } from "../profiles/vendors.ts";
import { environmentPassword } from "../secrets/known-password.ts";
import { loginCommand } from "../sessions/open-session.ts";
import type { Who } from "./describe-error.ts";

/** What the packages tell a programmer, and what a person at a terminal can do instead. */
const WORDS: readonly (readonly [RegExp, string])[] = [
  [/, and the option `secondFactor` is not set\..*$/s, ", and nobody is here to be asked for one."],
  [
    /`secondFactor`: (the vendor sends .*), which `totp\(\)` cannot know\..*$/s,
    "$1, which the secret of an app cannot tell: sign in at a terminal.",
  ],
  [/ Correct `credentials`, check what `secondFactor` answers, then call `renew\(\)`\./, ""],
  [/ (Correct|Check) `credentials`(?=\.)/, " $1 both"],
  [/[,;] then call `(session\.)?renew\(\)`/, ", then sign in again"],
  [/ Call `login\(\)` to open it again\./, ""],
  [/or set `allowInsecureHttp: true` if that network is yours/, "or allow HTTP if that network is yours"],
  [/ \(`timeout`\)/, ""],
  [/, or allow more time\./, "."],
  [/: give them as `credentials`\./, ": give --username."],
  [/ Write an id out of `g\/account\/list` as `account`\./, ""],
  [/ Use a path below the base URL, add the origin to `allowedOrigins`, or call it with a fetch of your own\./, ""],
  [/`baseUrl`/g, "the URL"],
  [/^the store's \w+ failed; the session goes on in memory\.(?: \[@vms\/core\])? ?(.*?) ?Check the store\.$/s, "$1"],
  [/^$/, "the store of the sessions failed."],
  [/^fileStore: /, ""],
  [/ Give another `directory`, or make it yours with `chown`\./, " Make it yours with chown."],
  [/[.:] [Gg]ive another `directory`\./, "."],
  [
    /encryptedStore: the value is in the format of a newer version.*$/s,
    "the stored session is of a newer vms, or damaged.",
  ],
  [/encryptedStore: the value is not encrypted\..*$/s, "the stored session is not encrypted: somebody else wrote it."],
  [
    /encryptedStore: the value does not decrypt:.*$/s,
    "the stored session does not open: it is of another key, or damaged.",
  ],
];

/** What Node calls a certificate that nothing vouches for. */
const UNTRUSTED = /\((DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_(VERIFY|GET_ISSUER)\w*)\)/;

/** A message of the packages as the command line says it. */
export function inPlainWords({ message }: AnyVmsError): string {
  const text = message.replace(/^\[@vms\/[\w-]+\] /, "");
  return WORDS.reduce((words, [what, instead]) => words.replace(what, instead), text);
}

/** What to do about an error of the packages, where its message does not say it. */
export function hintFor(error: AnyVmsError, who: Who | undefined): string | undefined {
  const signIn = who === undefined ? "vms login <profile>" : loginCommand(who.name, who.profile);
  if (error.code === "store_failed") {
    return error.message.includes("encryptedStore: the value") ? `Sign in again: ${signIn}` : undefined;
  }
  if (error.code === "insecure_transport") {
    return who === undefined || who.unsaved ? "To allow it, give --allow-http." : `To allow it: ${signIn} --allow-http`;
  }
  if (!isVendor(error.vendor)) return undefined;
  const { prefix } = vendors[error.vendor];
  switch (error.code) {
    case "invalid_request":
      return error.message.includes("g/account/list") ? `To see the user's accounts: ${accountList(who)}` : undefined;
    case "invalid_credentials":
      return who !== undefined && environmentPassword(who.profile) !== undefined
        ? `They were refused with the password in ${prefix}_PASSWORD: correct it, or take it out and sign in: ${signIn}`
        : `Sign in with the right ones: ${signIn}`;
    case "second_factor_required": {
      if (!error.message.includes("is not set")) return undefined;
      const byApp = error.methods.some(({ type }) => type === "totp");
      return `Sign in at a terminal: ${signIn}${byApp ? `\nOr give the app's secret to a job, in ${prefix}_TOTP.` : ""}`;
    }
    case "origin_not_allowed":
      return `Give a path below the profile's URL. To allow that host, too: ${signIn} --option allowedOrigins=https://…`;
    case "rate_limited":
      if (error.retryAfter === undefined || error.message.includes("to wait")) return undefined;
      return `The vendor asks to wait ${lengthOf(error.retryAfter)}.`;
    case "vendor_unavailable":
      if (error.status !== undefined) return "Try again later; the vendor's status page may know more.";
      return UNTRUSTED.test(error.message)
        ? `Its certificate is of an authority that this machine does not know. If it is your own: ${signIn} --ca <file>`
        : undefined;
    default:
      return undefined;
  }
}

/** The command that lists a user's accounts. A profile whose account is wrong cannot. */
function accountList(who: Who | undefined): string {
  const list = (name: string) => `vms api ${name} g/account/list`;
  return who?.switchedFrom === undefined ? `vms login eagleeye && ${list("eagleeye")}` : list(who.switchedFrom);
}
