import type { AnyVmsError } from "@vms/core";

/** Advice of the packages to programmers, and what a person at a terminal can do instead. */
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

/** The message of an error of the packages, with advice for users of the command line. */
export function vmsErrorMessage({ message }: AnyVmsError): string {
  const text = message.replace(/^\[@vms\/[\w-]+\] /, "");
  return WORDS.reduce((words, [what, instead]) => words.replace(what, instead), text);
}
