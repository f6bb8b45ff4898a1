import { type Command, InvalidArgumentError } from "commander";
import { collectValues } from "../../command-line/collect-values.ts";
import { helpText } from "../../command-line/help-text.ts";
import { PROFILE_ARGUMENT } from "../../command-line/profile-argument.ts";
import type { Terminal } from "../../command-line/terminal.ts";
import type { ProxyCommandOptions } from "./run-proxy.ts";

const HELP = `
Callers send the token that is printed: in the header "Authorization: Bearer …", as the password of Basic, or, in a
browser, once as ?vms_token=… in the address. Several profiles are served below their names:
http://127.0.0.1:PORT/<profile>/. /ready and /metrics are for probes and Prometheus.

If a session has expired, the proxy signs in and sends the request again. It does not keep uploads above 64 KiB or of
unknown length for that. If one of several profiles cannot be opened, its requests are answered with the error.

Other users of this machine can read command lines. To hide the token from them, let curl read it: curl -H @file. The
browser's cookie is not the token. But browsers send cookies to every port of a host: if you visit another user's server
on 127.0.0.1 while the proxy runs, that server gets the cookie, and can use the session. With --bind, others on the
network can read the traffic, and browsers are not served.

--vendor takes the URL, the user name and the password, or the file with it, from the variables of the vendor. Its
session is only in memory and is signed out at the end. A file of --token-file, or of VMS_PROXY_TOKEN_FILE, holds only
the token: 32 characters or more. It is not printed. The access log has no header and no query; a new file has mode 0600.

On SIGTERM, responses in progress have 5 s to finish. Ctrl-C ends them immediately. Sessions of profiles stay stored.
The README of @vms/proxy has all paths, errors and metrics.

Exit status: 2 wrong options, a port in use, or no such profile; 130 Ctrl-C, 143 SIGTERM, 129 SIGHUP.

Examples:
  vms proxy alta --port 8080        always the same address
  vms proxy --all --json            {"url":"…","token":"…","profiles":{…}}
  curl -H "Authorization: Bearer …" http://127.0.0.1:8080/api/v1/alarmZones
`;

export function defineProxy(program: Command, terminal: Terminal): void {
  program
    .command("proxy")
    .description("Serve profiles' APIs on this machine, signed in, to any program.")
    .argument("[profile...]", PROFILE_ARGUMENT)
    .option("--all", "serve every profile")
    .option("--vendor <vendor>", "serve the account in VMS_<VENDOR>_…, no profile")
    .option("--option <key=value>", "with --vendor: an option of its package", collectValues)
    .option("--allow-http", "with --vendor: allow http:// to the vendor")
    .option("--port <n>", "the port to listen on (default: a free one)", portOf)
    .option("--bind <address>", "the address to listen on", "127.0.0.1")
    .option("--allow-host <name>", "another name of this proxy; repeatable", collectValues)
    .option("--token-file <file>", "read the token from a file")
    .option("--no-token", "require no token, from any program on this machine")
    .option("--authorization", "serve the credential itself at …/authorization")
    .option("--log", "log requests to standard error, as lines of JSON")
    .option("--log-file <file>", "append that log to a file")
    .option("--json", "print one line of JSON: url, token and profiles")
    .addHelpText("after", () => helpText(terminal, "proxy", HELP))
    .action(async (profiles: readonly string[], options: ProxyCommandOptions) => {
      const { runProxy } = await import("./run-proxy.ts");
      await runProxy(profiles, options, terminal);
    });
}

function portOf(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port <= 65_535) return port;
  throw new InvalidArgumentError("It must be a number from 0 to 65535.");
}
