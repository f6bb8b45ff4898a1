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

/** The address of the proxy and ways to call it, for people. */
export function proxyInstructions(address: ProxyAddress): string {
  const [first] = address.profiles;
  const lines = address.below === "/" && first !== undefined ? aboutOne(first, address) : aboutSeveral(address);
  return [...lines, ...NOTES[address.source.from], "", ""].join("\n");
}

function aboutOne({ name, username, firstCall }: ProfileAddress, address: ProxyAddress): readonly string[] {
  const { url, token, source, hasBrowsers } = address;
  const call = `${url}/${firstCall}`;
  const { host } = new URL(url);
  const rows =
    source.from === "random"
      ? [
          ["base URL", url],
          ["header", `Authorization: Bearer ${token}`],
          ["curl", `curl -H 'Authorization: Bearer ${token}' '${call}'`],
          ...(hasBrowsers ? [["browser", `${url}/?vms_token=${token}`]] : []),
          ["VLC", `http://vms:${token}@${host}/`],
        ]
      : [["base URL", url], ...headerRow(address), ...(token === undefined ? [["curl", `curl '${call}'`]] : [])];
  return [`${name} (${username}) is served until Ctrl-C:`, "", ...rows.map(asRow)];
}

function aboutSeveral(address: ProxyAddress): readonly string[] {
  const { profiles, token, source, hasBrowsers } = address;
  const table = formatTable(
    // The URL ends in the name of the profile.
    ["URL", "ACCOUNT"],
    profiles.map(({ username, url }) => [url, username]),
    { width: 80, truncated: [1] },
  );
  const browser = source.from === "random" && hasBrowsers ? [["browser", `<URL>/?vms_token=${token}`]] : [];
  const rows = [...headerRow(address), ...browser].map(asRow);
  const count = profiles.length === 1 ? "1 profile is" : `${profiles.length} profiles are`;
  return [
    `${count} served until Ctrl-C:`,
    "",
    ...table.trimEnd().split("\n"),
    ...(rows.length > 0 ? ["", ...rows] : []),
  ];
}

function headerRow({ token, source }: ProxyAddress): readonly string[][] {
  if (source.from === "nowhere") return [];
  const shown = source.from === "file" ? `<the token in ${source.path}>` : (token ?? "");
  return [["header", `Authorization: Bearer ${shown}`]];
}

function asRow([label = "", text = ""]: readonly string[]): string {
  return `  ${label.padEnd(9)} ${text}`;
}

const NOTES: Readonly<Record<ProxyToken["from"], readonly string[]>> = {
  random: [
    "",
    "A command with the token in it stays in the shell's history, and others on this machine can read it while it runs.",
    "To avoid both: put the header into a file that only you can read, and call curl -H @file.",
  ],
  file: [],
  nowhere: [],
};
