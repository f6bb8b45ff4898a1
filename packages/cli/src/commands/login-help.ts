import { SIGNED_IN_JSON } from "../command-line/signed-in-json.ts";
import type { KeptOption } from "../profiles/option-values.ts";
import { COMMON_OPTIONS, ownOptions } from "../profiles/vendor-options.ts";
import { vendorNames, vendors } from "../profiles/vendors.ts";

const INDENT = 15;
const WIDTH = 80;

/** Returns the help of `vms login`. */
export function loginHelp(): string {
  return `
<vendor> is the name of a profile, or one of ${vendorNames.join(", ")}. A value comes from its option, else the
environment, else the profile. At a terminal, vms prompts for what is missing.

No option takes a password, because others could read it in the list of processes. At a terminal, vms first sends one
request without credentials to a new URL. If the server is certainly not the vendor's, vms asks whether to continue.

The variables are VMS_<VENDOR>_URL, _USERNAME, _PASSWORD, _PASSWORD_FILE (a file that holds only the password) and _TOTP
(the secret of an authenticator app). vms login does not read VMS_PROFILE.${otherSecrets()}

vms stores the session, encrypted, for later commands. If the vendor still accepts a stored session, vms uses it. To
start a new one: vms renew. The password is not stored, unless you add --save-credentials. It is then in the system's
keyring, and vms renews an expired session automatically. With --insecure-storage, it is in a file of mode 0600, as
clear text.

A process does not send a rejected password again. But each new process that finds it in the environment or saved sends
it once, and the vendor may lock the account. Stop your jobs until you have corrected it.

A profile describes an account: vendor, URL, user name and options, but no secret. Its default name is the vendor's, or
<vendor>-<id> with --account. For a second account of a vendor, add --profile. vms never replaces a profile without
asking.

--option saves an option of the vendor's package in the profile. An empty value removes it:
${optionRow("all vendors", COMMON_OPTIONS)}
${vendorNames.map((name) => optionRow(name, ownOptions(name))).join("\n")}

${SIGNED_IN_JSON}

Exit status: 0 signed in; 1 something could not be stored; 2 something is missing or wrong, and nothing was sent; 3 the
vendor rejected the credentials, the code or the account; 5 the vendor cannot be reached; 130 Ctrl-C, 143 SIGTERM,
129 SIGHUP, and nothing is stored.

Examples:
  vms login alta --url https://acme.eu.alta.avigilon.com
  vms login eagleeye --profile night --username night@acme.example
  pass show acme/alta | vms login alta -u ops@acme.example --password-stdin
  vms login alta --simulator
`;
}

function otherSecrets(): string {
  const all = Object.values(vendors).flatMap(({ title, secrets }) =>
    Object.values(secrets).map((variable) => ` ${title} also has ${variable}.`),
  );
  return all.join("");
}

/** A name, and an example of each option, in lines that fit the screen. */
function optionRow(name: string, options: Readonly<Record<string, KeptOption>>): string {
  const lines: string[] = [];
  let line = `  ${name}`.padEnd(INDENT);
  for (const [option, { example = "…" }] of Object.entries(options)) {
    const word = `${option}=${/^[\w.,:/…-]+$/.test(example) ? example : `'${example}'`}`;
    if (line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = " ".repeat(INDENT);
    }
    line += ` ${word}`;
  }
  return [...lines, line].join("\n");
}
