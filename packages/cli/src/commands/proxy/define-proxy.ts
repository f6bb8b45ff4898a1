import { type Command, InvalidArgumentError } from "commander";
import { PROFILE_ARGUMENT } from "../../command-line/profile-argument.ts";
import type { Terminal } from "../../command-line/terminal.ts";
import type { ProxyCommandOptions } from "./run-proxy.ts";

const HELP = `
The proxy sends requests for http://127.0.0.1:PORT/<path> to the profile's URL + <path>, and adds the session's
credential. It supports uploads and downloads of any size, ranges and WebSockets. If the session has expired, the proxy
signs in and sends the request again. It does not keep uploads above 64 KiB or of unknown length for that. If the vendor
answers such an upload with 401, the caller gets the 401, and the next request signs in.

Callers send the token of this run in one of three ways:
  Authorization: Bearer <token>                  curl, Postman, programs
  http://127.0.0.1:PORT/?vms_token=<token>       a browser; it gets a cookie, and the address without the token
  http://vms:<token>@127.0.0.1:PORT/<path>       VLC and others that support only a password
Other users of this machine can read command lines. To hide the token from them, let curl read it: curl -H @file.
The browser's cookie is not the token, and works only for pages of the proxy. But browsers send cookies to every port of
a host. If you visit another user's server on 127.0.0.1 while the proxy runs, that server gets the cookie, and can use
the session. If --bind opens the proxy to other machines, browsers are not served.

The proxy removes cookies in both directions and the vendor's CORS headers, and refuses service workers. So a page of
another origin cannot use the session. Redirects below the URL lead back to the proxy. The vendor sees the user agent of
vms or of a browser. The proxy's own responses have the header vms-proxy-error: 401 no token, or not signed in; 403
another host name or origin; 502, 503, 504 the vendor does not respond.

Ctrl-C stops the proxy. The session is kept.

Exit status: 2 wrong options, a port in use, or no such profile; 130 stopped by Ctrl-C, 143 by SIGTERM, 129 by SIGHUP.

Examples:
  vms proxy alta                        prints an address, and what to send to it
  vms proxy alta --port 8080            always the same address
  vms proxy alta --json                 {"url":"http://127.0.0.1:PORT","token":"…"} for a script
  curl -H "Authorization: Bearer …" http://127.0.0.1:PORT/api/v1/alarmZones
`;

export function defineProxy(program: Command, terminal: Terminal): void {
  program
    .command("proxy")
    .description("Serve a profile's API on this machine, signed in, to curl, Postman, VLC, a browser or any language.")
    .argument("[profile]", PROFILE_ARGUMENT)
    .option("--port <n>", "the port to listen on (default: a free one)", portOf)
    .option(
      "--bind <address>",
      "the address to listen on; beyond this machine, others on the network can read the traffic",
      "127.0.0.1",
    )
    .option("--no-token", "require no token: every program on this machine can then use the session")
    .option("--json", "print one line of JSON instead: url and token")
    .addHelpText("after", HELP)
    .action(async (profile: string | undefined, options: ProxyCommandOptions) => {
      const { runProxy } = await import("./run-proxy.ts");
      await runProxy(profile, options, terminal);
    });
}

function portOf(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port <= 65_535) return port;
  throw new InvalidArgumentError("It must be a number from 0 to 65535.");
}
