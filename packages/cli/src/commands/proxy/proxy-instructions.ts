import { quotePath } from "@vms/core/internal/node";
import { formatTable } from "../../command-line/table.ts";
import type { ProxyToken } from "./proxy-token.ts";

/** A served profile and its address. */
interface ProfileAddress {
  readonly name: string;
  readonly username: string;
  /** Its base URL at the proxy, without a trailing slash. */
  readonly url: string;
  readonly firstCall: string;
}

/** Where the proxy is, and what callers must send. */
export interface ProxyAddress {
  readonly url: string;
  readonly profiles: readonly ProfileAddress[];
  /** Whether each profile is served below its name. */
  readonly below: "/" | "/<profile>/";
  readonly source: ProxyToken;
  /** `undefined` if callers need no token. */
  readonly token: string | undefined;
  readonly hasBrowsers: boolean;
}

/** The address and token of the proxy as JSON, for scripts. A token from a file is not printed. */
export function proxyAddressJson({ url, profiles, below, source, token }: ProxyAddress): string {
  const urls = Object.fromEntries(profiles.map((one) => [one.name, one.url]));
  const shown = source.from === "random" ? { token } : {};
  return `${JSON.stringify({ url, ...shown, ...(below === "/" ? {} : { profiles: urls }) })}\n`;
}

/**
 * The address of the proxy and ways to call it, for people. What is to be copied is alone on its line, so that it fits a
 * terminal.
 */
export function proxyInstructions(address: ProxyAddress): string {
  const [first] = address.profiles;
  if (first === undefined) return "";
  const about = address.below === "/" ? aboutOne(first, address) : aboutSeveral(address);
  const sections = [...about, ...waysToCall(address), curlWith(first, address)];
  return `${sections.map((lines) => `${lines.join("\n")}\n`).join("")}\n`;
}

/** Lines that belong together: a label, and what is to be copied. */
type Section = readonly string[];

function aboutOne({ name, username }: ProfileAddress, { url }: ProxyAddress): readonly Section[] {
  return [[`${name} (${username}) is served until Ctrl-C:`, ""], section("Base URL", url)];
}

function aboutSeveral({ profiles }: ProxyAddress): readonly Section[] {
  const table = formatTable(
    // The URL ends in the name of the profile.
    ["URL", "ACCOUNT"],
    profiles.map(({ username, url }) => [url, username]),
    { width: 80, truncated: [1] },
  );
  const count = profiles.length === 1 ? "1 profile is" : `${profiles.length} profiles are`;
  return [[`${count} served until Ctrl-C:`, "", table.trimEnd(), ""]];
}

function waysToCall({ url, below, token, source, hasBrowsers }: ProxyAddress): readonly Section[] {
  if (source.from === "nowhere") return [];
  if (source.from === "file") return [section("Header", `Authorization: Bearer <the token in ${source.path}>`)];
  const browser = section("Browser", `${below === "/" ? url : "<URL>"}/?vms_token=${token}`);
  return [
    section("Header", `Authorization: Bearer ${token}`),
    ...(hasBrowsers ? [browser] : []),
    ...(below === "/" ? [section("VLC", `http://vms:${token}@${new URL(url).host}/`)] : []),
  ];
}

/** How to call with curl. Its arguments are in the shell's history, and other users can read them. */
function curlWith({ url, firstCall }: ProfileAddress, { source }: ProxyAddress): Section {
  const call = `'${url}/${firstCall}'`;
  if (source.from === "nowhere") return section("curl", `curl ${call}`);
  const use = `curl -H @vms-header ${call}`;
  if (source.from === "random") {
    return [
      "",
      "For curl, put the header into a file that only you can read, because others can",
      "read the arguments of commands. Run the first command, paste the header, and",
      "press Enter and Ctrl-D:",
      "",
      "  (umask 077; cat > vms-header)",
      `  ${use}`,
    ];
  }
  const token = `"$(cat ${quotePath(source.path)})"`;
  return ["curl:", `  (umask 077; printf 'Authorization: Bearer %s\\n' ${token} > vms-header)`, `  ${use}`];
}

function section(label: string, text: string): Section {
  return [`${label}:`, `  ${text}`];
}
