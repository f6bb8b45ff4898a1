import { type Command, InvalidArgumentError } from "commander";
import { collectValues } from "../../command-line/collect-values.ts";
import type { Terminal } from "../../command-line/terminal.ts";
import type { ProxyCommandOptions } from "./run-proxy.ts";

const HELP = `
Callers send the token that is printed: in the header "Authorization: Bearer …",
as the password of Basic, or, in a browser, once as ?vms_token=… in the address.
Several profiles are served below their names: http://127.0.0.1:PORT/<profile>/.
/ready and /metrics are for probes and Prometheus.
Exit status: 2 wrong options, or a port in use; 130 Ctrl-C, 143 SIGTERM, 129 SIGHUP.

Examples:
  vms proxy alta --port 8080        always the same address
  vms proxy --all --json            {"url":"…","token":"…","profiles":{…}}
  curl -H "Authorization: Bearer …" http://127.0.0.1:8080/api/v1/alarmZones
`;

export function defineProxy(program: Command, terminal: Terminal): void {
  program
    .command("proxy")
    .description("Serve profiles' APIs on this machine, signed in, to any program.")
    .argument("[profile...]", "the profiles (default: VMS_PROFILE, or the only one)")
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
    .addHelpText("after", HELP)
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
