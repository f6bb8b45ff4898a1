import type { VendorProbe } from "@vms/core/flow";
import { networkCode } from "@vms/core/internal";
import type { Terminal } from "../command-line/terminal.ts";
import { networkProblem } from "../error-messages/network-problem.ts";
import { CliError } from "../errors/cli-error.ts";
import { EXIT } from "../errors/exit-codes.ts";
import { isHttpParserError } from "../errors/invalid-http.ts";
import type { Profile } from "../profiles/profile.ts";
import { profileHost } from "../profiles/urls.ts";
import { type VendorName, vendorNames, vendors } from "../profiles/vendors.ts";
import { askYesNo } from "../prompts/questions.ts";
import { createFetch } from "../sessions/create-fetch.ts";
import type { System } from "../system/system.ts";

/** How long the server may take, in ms. A slower server is not checked. */
const TIMEOUT = 5_000;

/** How much of a body is read, in bytes. */
const ENOUGH = 65_536;

/** Codes of a network failure after which a login cannot work either. */
const FINAL =
  /^(ENOTFOUND|ECONNREFUSED|EPROTO|(ERR_SSL|ERR_TLS|CERT|UNABLE_TO)_\w+|(DEPTH_ZERO_)?SELF_SIGNED_CERT\w*)$/;

/**
 * Checks the server at a profile's URL before the password prompt. If it is certainly not the vendor's, a person decides
 * whether to continue.
 * @throws {CliError} if the person declines, or if a login cannot work.
 */
export async function checkVendor(profile: Profile, terminal: Terminal, signal: AbortSignal): Promise<void> {
  const { title, probe } = vendors[profile.vendor];
  if (probe === undefined || profile.url === undefined) return;
  const problem = await strangerAt(terminal.system, profile, profile.url, probe, signal);
  if (problem === undefined) return;
  const warning = `The server at ${profileHost(profile)} does not look like ${title}: ${problem}.`;
  terminal.say(terminal.style("yellow", warning));
  if (await askYesNo(terminal.system, "Continue?", signal)) return;
  throw new CliError(EXIT.usage, "not signed in: no password was sent.", "Check the vendor, and its URL: --url <url>");
}

/**
 * Why the server is certainly not the vendor's. `undefined` if it may be. Sends one request without credentials.
 * @throws {CliError} if there is no server, or its certificate is not trusted.
 */
async function strangerAt(
  system: System,
  { vendor, ca }: Profile,
  url: string,
  probe: VendorProbe,
  signal: AbortSignal,
): Promise<string | undefined> {
  const { fetch } = await createFetch(system, ca);
  const target = new URL(probe.path, url.replace(/\/*$/, "/"));
  try {
    const response = await fetch(target, {
      redirect: "manual",
      headers: { accept: "application/json", "user-agent": `vms-cli-${vendor}` },
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT)]),
    });
    return judge(vendor, probe, target, response, await startOf(response));
  } catch (error) {
    signal.throwIfAborted();
    const code = networkCode(error);
    if (isHttpParserError(code)) return "its response is not HTTP";
    if (code === undefined || !FINAL.test(code)) return undefined;
    // Nothing answers, so the person has nothing to decide.
    const { text, layer } = networkProblem(code, target.host);
    const hint =
      layer === "TLS" && !code.startsWith("E")
        ? "Check the URL: --url <url>. If the certificate's authority is your own, trust it: --ca <file>"
        : "Check the URL: --url <url>";
    throw new CliError(EXIT.unavailable, `${text}.`, hint);
  }
}

function judge(
  vendor: VendorName,
  { body }: VendorProbe,
  { pathname }: URL,
  { status, headers }: Response,
  text: string,
): string | undefined {
  const answered = `GET ${pathname} answered ${status}`;
  if (status === 404) return answered;
  if (body?.pattern.test(text)) return undefined;
  const other = vendorNames.find((name) => name !== vendor && vendors[name].probe?.body?.pattern.test(text));
  if (other !== undefined) return `${answered} as ${vendors[other].title} does`;
  const type = headers.get("content-type") ?? "";
  if (status === 200 && /^text\/html\b/i.test(type)) return `${answered} with a web page`;
  if (body?.evidence !== "documented" || !/\bjson\b/i.test(type)) return undefined;
  return status < 300 || status === 401 ? `${answered}, but not as documented` : undefined;
}

/** The start of a response's body. */
async function startOf({ body }: Response): Promise<string> {
  if (body === null) return "";
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of body) {
    text += decoder.decode(chunk as Uint8Array, { stream: true });
    if (text.length >= ENOUGH) break;
  }
  return text;
}
