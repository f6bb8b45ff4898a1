import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import process from "node:process";
import { hasControls } from "../command-line/escape-controls.ts";
import type { Terminal } from "../command-line/terminal.ts";
import type { LoginOptions } from "../commands/login.ts";
import { usage } from "../errors/cli-error.ts";
import { type Config, findProfile, type Profile } from "../profiles/config.ts";
import type { SimulatedVendor } from "../profiles/simulator-file.ts";
import { asUrl } from "../profiles/urls.ts";
import { withOptions } from "../profiles/vendor-options.ts";
import { isVendor, type VendorName, vendorNames, vendors } from "../profiles/vendors.ts";
import { askText, choose } from "../prompts/questions.ts";
import { complaintOf, isLocal, isSameHost } from "./url-problem.ts";

/** What there is to find out with. */
export interface Desk {
  readonly config: Config;
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
}

/** Which vendor is meant, and under which name the account is kept. */
export interface Target {
  readonly vendor: VendorName;
  readonly name: string;
}

/** Finds out what is meant by the vendor, or the profile, on the command line. */
export async function targetOf(word: string | undefined, options: LoginOptions, desk: Desk): Promise<Target> {
  const { profile, account } = options;
  if (profile !== undefined) checkName(profile);
  const there = word === undefined ? undefined : findProfile(desk.config, word);
  if (word !== undefined && !isVendor(word)) {
    if (there !== undefined) return { vendor: there.vendor, name: profile ?? word };
    const profiles = Object.keys(desk.config.profiles);
    const signedIn = profiles.length === 0 ? "" : ` Profiles: ${profiles.join(", ")}.`;
    throw usage(`there is no vendor or profile "${word}".`, `Vendors: ${vendorNames.join(", ")}.${signedIn}`);
  }
  const vendor = word ?? (await askVendor(desk));
  if (account !== undefined && vendor !== "eagleeye") {
    throw usage(`--account is for Eagle Eye Networks; ${vendors[vendor].title} has no accounts to choose from.`);
  }
  const byDefault = account === undefined ? vendor : `${vendor}-${account}`;
  if (profile === undefined) checkName(byDefault);
  return { vendor, name: profile ?? byDefault };
}

async function askVendor({ terminal, signal }: Desk): Promise<VendorName> {
  const choices = vendorNames.map((value) => ({ name: `${value.padEnd(12)} ${vendors[value].title}`, value }));
  if (terminal.interactive) return choose("Where do you want to sign in?", choices, signal);
  throw usage("name the vendor to sign in to.", `Vendors: ${vendorNames.join(", ")}. For example: vms login alta`);
}

/** @throws for what cannot be the name of a profile. */
export function checkName(name: string): void {
  if (/^[A-Za-z0-9][\w.@-]{0,63}$/.test(name)) return;
  throw usage(
    `"${name.slice(0, 80)}" cannot be the name of a profile.`,
    "Use up to 64 letters, digits and . _ - @, and begin with a letter or digit.",
  );
}

/**
 * Makes the profile that is to be signed in: of the options, else the environment, else the profile of that name, else
 * what a person says.
 */
export async function draftOf(
  { vendor, name }: Target,
  options: LoginOptions,
  simulated: SimulatedVendor | undefined,
  desk: Desk,
): Promise<Profile> {
  const there = findProfile(desk.config, name);
  if (there !== undefined && there.vendor !== vendor) {
    throw usage(
      `the profile "${name}" is of ${vendors[there.vendor].title}, not ${vendors[vendor].title}.`,
      `Choose another name: --profile <name>. Or remove it first: vms logout ${name} --forget`,
    );
  }
  const ca = options.ca === undefined ? undefined : await checkCertificates(options.ca);
  // What is wrong on the command line is said before anything is asked.
  withOptions(vendor, {}, options.option ?? []);
  if (!desk.terminal.interactive) requireWhole(vendor, options, simulated, there);
  const url = await urlOf(vendor, options.url ?? simulated?.baseUrl, there, options, desk);
  const username = await usernameOf(vendor, options.username ?? simulated?.username, there, desk);
  // Whose host is another one, trusts and allows nothing of the old.
  const kept = there !== undefined && isSameHost(there.url, url) ? there : undefined;
  const vendorOptions = {
    ...withOptions(vendor, kept?.options ?? {}, options.option ?? []),
    ...(options.account === undefined ? {} : { account: options.account }),
    ...(options.allowHttp === undefined ? {} : { allowInsecureHttp: true }),
  };
  const isSame = kept !== undefined && kept.username === username;
  const trusted = ca ?? kept?.ca;
  return {
    vendor,
    username,
    ...(url === undefined ? {} : { url }),
    ...(Object.keys(vendorOptions).length === 0 ? {} : { options: vendorOptions }),
    ...(trusted === undefined ? {} : { ca: trusted }),
    ...(isSame && kept.saved !== undefined ? { saved: kept.saved } : {}),
  };
}

async function urlOf(
  vendor: VendorName,
  given: string | undefined,
  there: Profile | undefined,
  { allowHttp }: LoginOptions,
  { config, signal }: Desk,
): Promise<string | undefined> {
  const { title, urlExample, prefix } = vendors[vendor];
  const found = given ?? (process.env[`${prefix}_URL`] || there?.url);
  if (found !== undefined) {
    if (hasControls(found)) throw usage("the URL has control characters in it.");
    const complaint = complaintOf(vendor, found);
    if (complaint !== undefined) throw usage(complaint);
    return asUrl(found);
  }
  if (urlExample === undefined) return undefined;
  const check = (answer: string) => {
    const complaint = complaintOf(vendor, answer);
    if (complaint !== undefined) return complaint;
    const typed = asUrl(answer);
    if (typed.startsWith("https:") || allowHttp === true || isLocal(typed)) return true;
    return "Others can read a password on the way there. Type https://…, or start again with --allow-http.";
  };
  const suggestion = onlyUrl(vendor, config);
  const message = suggestion === undefined ? `URL of ${title} (${urlExample}):` : `URL of ${title}:`;
  return asUrl(await askText({ message, suggestion, check }, signal));
}

/** Where the other accounts of the vendor are, if that is one place: a second account is mostly there, too. */
function onlyUrl(vendor: VendorName, { profiles }: Config): string | undefined {
  const urls = Object.values(profiles).flatMap((one) => (one.vendor === vendor && one.url ? [one.url] : []));
  const [only, ...more] = new Set(urls);
  return more.length === 0 ? only : undefined;
}

async function usernameOf(
  vendor: VendorName,
  given: string | undefined,
  there: Profile | undefined,
  { signal }: Desk,
): Promise<string> {
  const { title, prefix } = vendors[vendor];
  const found = given ?? (process.env[`${prefix}_USERNAME`] || there?.username);
  if (found === "") throw usage("--username is empty.");
  if (found !== undefined && hasControls(found)) throw usage("the user name has control characters in it.");
  return found ?? askText({ message: `User name at ${title}:` }, signal);
}

/** @throws where something is missing, and nobody is there to be asked: all of it at once. */
function requireWhole(
  vendor: VendorName,
  options: LoginOptions,
  simulated: SimulatedVendor | undefined,
  there: Profile | undefined,
): void {
  const { title, urlExample, prefix } = vendors[vendor];
  const hasUrl = urlExample === undefined || (options.url ?? simulated) || process.env[`${prefix}_URL`] || there?.url;
  const hasName = (options.username ?? simulated) || process.env[`${prefix}_USERNAME`] || there;
  const missing = [
    ...(hasUrl ? [] : [{ what: "the URL", how: `--url ${urlExample} (or set ${prefix}_URL)` }]),
    ...(hasName ? [] : [{ what: "the user name", how: `--username <name> (or set ${prefix}_USERNAME)` }]),
  ];
  if (missing.length === 0) return;
  const what = missing.map((one) => one.what).join(" and ");
  throw usage(
    `${what} for ${title} ${missing.length === 1 ? "is" : "are"} missing, and there is no terminal to ask at.`,
    `Give ${missing.map((one) => one.how).join(" and ")}.`,
  );
}

async function checkCertificates(path: string): Promise<string> {
  const whole = resolve(path);
  const text = await readFile(whole, "utf8").catch((): never => {
    throw usage(`the certificates in ${whole} cannot be read.`, "Give --ca the path of a file in PEM.");
  });
  if (/-----BEGIN (TRUSTED )?CERTIFICATE-----/.test(text)) return whole;
  throw usage(`there are no certificates in ${whole}.`, "Give --ca a file in PEM: -----BEGIN CERTIFICATE-----");
}
