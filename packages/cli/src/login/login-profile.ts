import { resolve } from "node:path";
import { hasControlCharacters } from "../command-line/escape-controls.ts";
import { usage } from "../errors/cli-error.ts";
import { unreadableCertificates } from "../files/read-certificates.ts";
import { readText } from "../files/read-text.ts";
import type { Config } from "../profiles/config.ts";
import { findProfile } from "../profiles/find-profile.ts";
import type { Profile } from "../profiles/profile.ts";
import type { SimulatedAccount } from "../profiles/simulator-file.ts";
import { isLoopbackUrl, isSameOrigin, urlExample, withScheme } from "../profiles/urls.ts";
import { applyVendorOptions } from "../profiles/vendor-options.ts";
import { type VendorName, vendors } from "../profiles/vendors.ts";
import { askText } from "../prompts/questions.ts";
import type { System } from "../system/system.ts";
import type { LoginContext } from "./login-context.ts";
import type { ProfileOptions } from "./profile-options.ts";
import { requireUsablePort } from "./refused-port.ts";
import type { LoginTarget } from "./resolve-target.ts";
import { urlProblem } from "./url-problem.ts";

/**
 * Determines the profile to sign in. Each value comes from the options, else the environment, else the existing
 * profile, else a prompt.
 */
export async function loginProfile(
  { vendor, name }: LoginTarget,
  options: ProfileOptions,
  simulated: SimulatedAccount | undefined,
  context: LoginContext,
): Promise<Profile> {
  const existing = findProfile(context.config, name);
  if (existing !== undefined && existing.vendor !== vendor) {
    throw usage(
      `the profile "${name}" belongs to ${vendors[existing.vendor].title}, not ${vendors[vendor].title}.`,
      `Choose another name: --profile <name>. Or remove that profile first: vms profile remove ${name}`,
    );
  }
  const ca = options.ca === undefined ? undefined : await checkCertificates(options.ca);
  // Reports wrong options before any prompt.
  applyVendorOptions(vendor, {}, options.option ?? []);
  if (!context.terminal.interactive) requireComplete(context.terminal.system, vendor, options, simulated, existing);
  const url = await urlOf(vendor, options.url ?? simulated?.baseUrl, existing, options, context);
  if (url !== undefined) await requireUsablePort(url);
  const username = await usernameOf(vendor, options.username ?? simulated?.username, existing, context);
  // If the host changed, do not carry over the CA and the options.
  const kept = existing !== undefined && isSameOrigin(existing.url, url) ? existing : undefined;
  const vendorOptions = {
    ...applyVendorOptions(vendor, kept?.options ?? {}, options.option ?? []),
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
    ...(simulated !== undefined || kept?.simulator ? { simulator: true } : {}),
  };
}

async function urlOf(
  vendor: VendorName,
  given: string | undefined,
  existing: Profile | undefined,
  { allowHttp }: ProfileOptions,
  { config, terminal: { system }, signal }: LoginContext,
): Promise<string | undefined> {
  const { title, prefix } = vendors[vendor];
  const found = given ?? (system.env[`${prefix}_URL`] || existing?.url);
  if (found !== undefined) {
    if (hasControlCharacters(found)) throw usage("the URL contains control characters.");
    const complaint = urlProblem(found);
    if (complaint !== undefined) throw usage(complaint);
    return withScheme(found);
  }
  const example = urlExample(vendor);
  if (example === undefined) return undefined;
  const check = (answer: string) => {
    const complaint = urlProblem(answer);
    if (complaint !== undefined) return complaint;
    const typed = withScheme(answer);
    if (typed.startsWith("https:") || allowHttp === true || isLoopbackUrl(typed)) return true;
    return "Others on the network could read the password. Use https://, or start again with --allow-http.";
  };
  const suggestion = onlyUrl(vendor, config);
  const message = suggestion === undefined ? `URL of ${title} (${example}):` : `URL of ${title}:`;
  return withScheme(await askText(system, { message, suggestion, check }, signal));
}

/** The URL of the vendor's other profiles, if they all have the same. */
function onlyUrl(vendor: VendorName, { profiles }: Config): string | undefined {
  const urls = Object.values(profiles).flatMap((one) => (one.vendor === vendor && one.url ? [one.url] : []));
  const [only, ...more] = new Set(urls);
  return more.length === 0 ? only : undefined;
}

async function usernameOf(
  vendor: VendorName,
  given: string | undefined,
  existing: Profile | undefined,
  { terminal: { system }, signal }: LoginContext,
): Promise<string> {
  const { title, prefix } = vendors[vendor];
  const found = given ?? (system.env[`${prefix}_USERNAME`] || existing?.username);
  if (found === "") throw usage("--username is empty.");
  if (found !== undefined && hasControlCharacters(found)) throw usage("the user name contains control characters.");
  return found ?? askText(system, { message: `User name at ${title}:` }, signal);
}

/** @throws {CliError} if values are missing and nobody can be asked. It names all of them. */
function requireComplete(
  { env }: System,
  vendor: VendorName,
  options: ProfileOptions,
  simulated: SimulatedAccount | undefined,
  existing: Profile | undefined,
): void {
  const { title, prefix } = vendors[vendor];
  const example = urlExample(vendor);
  const hasUrl = example === undefined || (options.url ?? simulated) || env[`${prefix}_URL`] || existing?.url;
  const hasName = (options.username ?? simulated) || env[`${prefix}_USERNAME`] || existing;
  const missing = [
    ...(hasUrl ? [] : [{ what: "the URL", how: `--url ${example} (or set ${prefix}_URL)` }]),
    ...(hasName ? [] : [{ what: "the user name", how: `--username <name> (or set ${prefix}_USERNAME)` }]),
  ];
  if (missing.length === 0) return;
  const what = missing.map((one) => one.what).join(" and ");
  throw usage(
    `${what} for ${title} ${missing.length === 1 ? "is" : "are"} missing, and there is no terminal to ask.`,
    `Pass ${missing.map((one) => one.how).join(" and ")}.`,
  );
}

async function checkCertificates(path: string): Promise<string> {
  const whole = resolve(path);
  const text = await readText(whole, (code) =>
    unreadableCertificates(whole, code, "Pass --ca the path of a PEM file."),
  );
  if (/-----BEGIN (TRUSTED )?CERTIFICATE-----/.test(text)) return whole;
  throw usage(`there are no certificates in ${whole}.`, "Pass --ca a PEM file: -----BEGIN CERTIFICATE-----");
}
