/** The address and token of the proxy as JSON, for scripts. */
export function proxyAddressJson(url: string, token: string | undefined): string {
  return `${JSON.stringify({ url, ...(token === undefined ? {} : { token }) })}\n`;
}

/** The address of the proxy and ways to call it, for people. */
export function proxyInstructions(
  name: string,
  username: string,
  url: string,
  token: string | undefined,
  firstCall: string,
  hasBrowsers: boolean,
): string {
  const call = `${url}/${firstCall}`;
  const { host } = new URL(url);
  const rows =
    token === undefined
      ? [
          ["base URL", url],
          ["curl", `curl '${call}'`],
        ]
      : [
          ["base URL", url],
          ["header", `Authorization: Bearer ${token}`],
          ["curl", `curl -H 'Authorization: Bearer ${token}' '${call}'`],
          ...(hasBrowsers ? [["browser", `${url}/?vms_token=${token}`]] : []),
          ["VLC", `http://vms:${token}@${host}/`],
        ];
  const table = rows.map(([label = "", text]) => `  ${label.padEnd(9)} ${text}`);
  const note = token === undefined ? [] : ["", ...NOTE];
  return [`${name} (${username}) is served until Ctrl-C:`, "", ...table, ...note, "", ""].join("\n");
}

const NOTE = [
  "A command with the token in it stays in the shell's history, and others on this machine can read it while it runs.",
  "To avoid both: put the header into a file that only you can read, and call curl -H @file.",
];
