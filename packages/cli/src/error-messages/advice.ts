import type { AnyVmsError, Remedy, RemedyId } from "@vms/core";
import { formatDuration } from "../command-line/format-time.ts";
import { loginCommand } from "../profiles/profile.ts";
import { isVendor, vendors } from "../profiles/vendors.ts";
import { passwordVariable } from "../secrets/environment-secrets.ts";
import type { ErrorContext } from "./error-context.ts";

/** What the advice depends on, besides the remedy. */
interface Situation {
  readonly error: AnyVmsError;
  readonly context: ErrorContext | undefined;
  /** The command that signs in. */
  readonly signIn: string;
}

type Words = { readonly [Id in RemedyId]: (remedy: Remedy<Id>, situation: Situation) => string | undefined };

/** The advice for users of the command line, by remedy. The compiler reports a missing one. */
const WORDS: Words = {
  correct_option: () => undefined,
  correct_credentials: (_, { context, signIn }) => {
    const variable = context === undefined ? undefined : passwordVariable(context.system, context.profile);
    return variable === undefined
      ? `Sign in with the correct ones: ${signIn}`
      : `The password came from ${variable}. Correct the variable, or unset it and sign in: ${signIn}`;
  },
  check_options: ({ options }, { signIn }) => `Check ${listed(options.map(optionName))}, then sign in: ${signIn}`,
  choose_value: ({ listedAt }, { context, error }) => `To list them: ${listCommand(listedAt, context, error.vendor)}`,
  check_base_url: (_, { context }) => diagnosis(context),
  use_https: (_, { context, signIn }) =>
    context === undefined || context.unsaved
      ? "Use https://. If you trust the network, add --allow-http."
      : `Use https://. If you trust the network: ${signIn} --allow-http`,
  allow_origin: ({ origin }, { signIn }) =>
    `Use a path below the profile's URL. To allow that host too: ${signIn} --option allowedOrigins=${origin}`,
  open_pool: () => "Create another pool.",
  open_session: (_, { signIn }) => `Sign in: ${signIn}`,
  provide_second_factor: (_, { error, signIn }) => {
    const byApp = error.code === "second_factor_required" && error.methods.some(({ type }) => type === "totp");
    const secret =
      byApp && isVendor(error.vendor) ? `\nOr set ${vendors[error.vendor].prefix}_TOTP to the app's secret.` : "";
    return `Sign in at a terminal: ${signIn}${secret}`;
  },
  allow_prompt: (_, { signIn }) => `Sign in at a terminal: ${signIn}`,
  enrol_second_factor: (_, { signIn }) => `Enrol one at the vendor's website, then sign in: ${signIn}`,
  check_second_factor: (_, { context, signIn }) => secondFactorAdvice(context, signIn),
  answer_sooner: (_, { signIn }) => `Enter the next code sooner: ${signIn}`,
  use_other_method: () => "Choose another method.",
  finish_registration: (_, { signIn }) => `Finish the registration at the vendor, then sign in: ${signIn}`,
  ask_administrator: () => "Ask an administrator of the account.",
  ask_vendor: () => "Ask the vendor's support.",
  wait: (_, { error: { retryAfter }, context }) => {
    const isUrlNew = context?.unsaved === true && context.profile.url !== context.saved?.url;
    const check = isUrlNew ? "Is the URL right? " : "";
    if (retryAfter === undefined) return `${check}Try again later. The vendor's status page may say more.`;
    return `${check}Try again${retryAfter < 1_000 ? "" : ` in ${formatDuration(retryAfter)}`}.`;
  },
  check_network: (_, { context }) => diagnosis(context),
  trust_certificate: (_, { signIn }) => `If the certificate's authority is your own, trust it: ${signIn} --ca <file>`,
  allow_more_time: ({ option }, { signIn }) =>
    `Check the network, or allow more time: ${signIn} --option ${option}=60s`,
  check_store: ({ how }) => how,
  fix_path: ({ path, command }) =>
    command === undefined ? `Check who owns ${path}, and its permissions.` : `Run: ${command}`,
  choose_directory: () => "Set VMS_HOME to a directory of this user.",
  replace_stored_session: (_, { signIn }) => `Sign in again: ${signIn}`,
  install_package: ({ package: name }) => `Install it: npm install ${name}`,
};

/** The advice on an error of the packages. `undefined` if the error contains it, or if the remedy is not known. */
export function adviceOn(error: AnyVmsError, context: ErrorContext | undefined): string | undefined {
  const signIn = context === undefined ? "vms login <profile>" : signInCommand(context);
  return wordsFor(error.remedy, { error, context, signIn });
}

function wordsFor<Id extends RemedyId>(remedy: Remedy<Id>, situation: Situation): string | undefined {
  const words: Words[Id] | undefined = WORDS[remedy.id];
  // Another version of a package may have another remedy.
  return words?.(remedy, situation);
}

/** The command that signs in the profile. It repeats the options of a profile that is not saved. */
export function signInCommand({ name, profile, unsaved, saved }: ErrorContext): string {
  return loginCommand(name, profile, unsaved ? (saved ?? {}) : profile);
}

/** The advice if nothing answers at the URL of a simulator's profile. */
export function simulatorGone(signIn: string): string {
  return `The simulator is not running, or was restarted. Start it: vms simulator. Then sign in: ${signIn}`;
}

/** A session remembers a rejected code: only a login at a terminal or `vms renew` tries again. */
function secondFactorAdvice(context: ErrorContext | undefined, signIn: string): string {
  const variable = context && `${vendors[context.profile.vendor].prefix}_TOTP`;
  // Codes of a phone do not depend on this machine.
  const check =
    variable !== undefined && context?.system.env[variable]
      ? `Check that ${variable} belongs to this account and that this machine's clock is right`
      : "Check that the code belongs to this account";
  const isSaved = context !== undefined && (!context.unsaved || context.saved !== undefined);
  return isSaved
    ? `${check}, then try again: vms renew ${context.name}`
    : `${check}, then sign in at a terminal: ${signIn}`;
}

/** Recommends the doctor, unless the profile does not exist yet or the doctor is running. */
export function diagnosis(context: ErrorContext | undefined): string | undefined {
  if (context?.profile.simulator && !context.examined) return simulatorGone(signInCommand(context));
  return context === undefined || context.unsaved || context.examined
    ? undefined
    : `To see what is wrong: vms doctor ${context.name}`;
}

function listed(names: readonly string[]): string {
  return [names.slice(0, -1).join(", "), ...names.slice(-1)].filter((part) => part !== "").join(" and ");
}

function optionName(option: string): string {
  if (option === "credentials") return "the user name and password";
  return option === "secondFactor" ? "the code" : `--option ${option}`;
}

/** The command that lists the values of an option. A profile with a wrong value cannot run it. */
function listCommand(path: string, context: ErrorContext | undefined, vendor: string): string {
  const list = (name: string) => `vms api ${name} ${path}`;
  return context?.switchedFrom === undefined ? `vms login ${vendor} && ${list(vendor)}` : list(context.switchedFrom);
}
