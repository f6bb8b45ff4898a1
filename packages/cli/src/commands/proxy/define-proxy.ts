import { type Command, InvalidArgumentError } from "commander";
import { collectValues } from "../../command-line/collect-values.ts";
import { helpText } from "../../command-line/help-text.ts";
import { PROFILE_ARGUMENT } from "../../command-line/profile-argument.ts";
import type { Terminal } from "../../command-line/terminal.ts";
import type { ProxyCommandOptions } from "./run-proxy.ts";

const HELP = `
Callers send the printed token in the header "Authorization: Bearer …" or as the password of Basic authentication. In a
browser, add ?vms_token=… to the address once. Several profiles are served below their names:
http://127.0.0.1:PORT/<profile>/. /ready and /metrics are for probes and Prometheus.

If a session has expired, the proxy signs in and sends the request again, unless its body is larger than 1 MiB. If one of
several profiles cannot be opened, its callers receive the error.

Other users of this machine can read command lines. To hide the token from them, let curl read it from a file: curl -H
@file. Browsers send the proxy's cookie to every port of the host: if you visit another user's server on 127.0.0.1 while
the proxy runs, that server can use the session. With --bind, others on the network can read the traffic, and browsers
are not served.

With --vendor, the URL, the user name and the password, or its file, come from the vendor's variables. The session stays
in memory, and vms signs out at the end. The file of --token-file or VMS_PROXY_TOKEN_FILE contains only the token, which
has 32 characters or more and is not printed. The access log has no headers and no query. A new log file has mode 0600.

On SIGTERM, responses in progress have 5 s to finish. Ctrl-C ends them at once. The sessions of profiles stay stored. The
README of @vms/proxy has the errors, and links to the metrics and the log.

Exit status: 2 wrong options, a port in use, or no such profile; 130 Ctrl-C, 143 SIGTERM, 129 SIGHUP.

Examples:
  vms proxy alta --port 8080        always the same address
  vms proxy --all --json            {"url":"…","token":"…","profiles":{…}}
  curl -H "Authorization: Bearer …" http://127.0.0.1:8080/api/v1/alarmZones
`;

export function defineProxy(program: Command, terminal: Terminal): void {
  program
    .command("proxy")
    .description("Serve the vendor's API on this machine to any program.")
    .argument("[profile...]", PROFILE_ARGUMENT)
    .option("--all", "serve every profile")
    .option("--vendor <vendor>", "serve the account in the VMS_<VENDOR>_… variables")
    .option("--option <key=value>", "with --vendor: an option of its package", collectValues)
    .option("--allow-http", "with --vendor: allow http:// to the vendor")
    .option("--port <n>", "the port to listen on (default: a free one)", portOf)
    .option("--bind <address>", "the address to listen on", "127.0.0.1")
    .option("--allow-host <name>", "another host name of the proxy; can be repeated", collectValues)
    .option("--token-file <file>", "read the token from a file")
    .option("--no-token", "let any program on this machine call without a token")
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
