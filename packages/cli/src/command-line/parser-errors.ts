import { closestMatch } from "leven";

/** Commands that other tools have, or that `vms` had, and what to use instead. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  switch: "To change the account: vms account. To choose a profile: vms profile use",
  use: "To choose a profile: vms profile use. To change the account: vms account",
  whoami: "To see who is signed in: vms status",
  profiles: "To list the profiles: vms profile list",
  config: "To list the profiles: vms profile list. To choose the default one: vms profile use",
  logins: "To see who is signed in: vms status",
  signin: "To sign in: vms login",
  signout: "To sign out: vms logout",
};

/** Other tools print their version or details with `-v`. */
const NO_V = "To print the version: vms --version. For details of errors: --verbose";

type Rule = readonly [pattern: RegExp, words: (...found: string[]) => string];

// The parser has no other way to set its messages.
const RULES: readonly Rule[] = [
  [/^unknown command '([^']*)'/, (_, name = "") => `there is no command ${name}.`],
  [/^unknown option '-v'/, () => `there is no option -v.\n${NO_V}`],
  // A value after the equals sign may be a secret.
  [/^unknown option '([^'=]*)[^']*'/, (_, flag = "") => `there is no option ${flag}.`],
  [/^missing required argument '([^']*)'/, (_, name = "") => `the argument <${name}> is missing.`],
  [/^option '([^']*)' argument missing/, (_, flags = "") => `the option ${longOf(flags)} needs a value.`],
  [
    /^option '([^']*)' cannot be used with option '([^']*)'/,
    (_, one = "", other = "") => `${longOf(one)} and ${longOf(other)} cannot be used together.`,
  ],
  [
    /^option '([^']*)' argument '(.*)' is invalid\. Allowed choices are (.*)\.$/m,
    (_, flags = "", value = "", choices = "") => `${longOf(flags)}: "${value}" is not one of ${choices}.`,
  ],
  [
    /^option '([^']*)' argument '(.*)' is invalid\. It must/m,
    (_, flags = "", value = "") => `${longOf(flags)}: "${value}" is wrong. It must`,
  ],
  [
    /^command-argument value '(.*)' is invalid for argument '([^']*)'\. Allowed choices are (.*)\.$/m,
    (_, value = "", name = "", choices = "") => `the ${name} "${value}" is not one of ${choices}.`,
  ],
  [
    /^too many arguments(?: for '([^']*)')?\. Expected (\d+) arguments? but got \d+[^\n]*/,
    (_, name = "", count = "") => `too many arguments: ${name === "" ? "the command" : name} takes ${count}.`,
  ],
];

/** An error of the parser in the words of `vms`, with a hint for a command that other tools have. */
export function parserError(text: string): string {
  const bare = text.replace(/^error: /, "");
  const rule = RULES.find(([pattern]) => pattern.test(bare));
  const message = (rule === undefined ? bare : bare.replace(...rule)).replace(
    /\n\((Did you mean (.*)\?)\)/,
    (_, question: string, names: string) => (isNear(bare, names) ? `\n${question}` : ""),
  );
  const [, name = ""] = /^there is no command (\S+)\.$/m.exec(message) ?? [];
  return Object.hasOwn(ELSEWHERE, name) ? `there is no command ${name}.\n${ELSEWHERE[name]}\n` : message;
}

/** Whether one of the suggested names differs from the unknown one by a typing error. The parser suggests others too. */
function isNear(text: string, names: string): boolean {
  const [, unknown = ""] = /^unknown \S+ '([^'=]*)/.exec(text) ?? [];
  const suggested = names.replace(/^one of /, "").split(", ");
  return closestMatch(unknown, suggested, { maxDistance: 2 }) !== undefined;
}

/** `--format` of `-f, --format <format>`. */
function longOf(flags: string): string {
  return /--[\w-]+/.exec(flags)?.[0] ?? flags;
}
