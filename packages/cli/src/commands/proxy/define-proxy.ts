import { type Command, InvalidArgumentError } from "commander";
import { PROFILE_ARGUMENT } from "../../command-line/profile-argument.ts";
import type { Terminal } from "../../command-line/terminal.ts";
import type { ProxyCommandOptions } from "./run-proxy.ts";

const HELP = `
What goes to http://127.0.0.1:PORT/<path> goes to the profile's URL + <path>, with the session's credential put on:
uploads and downloads of any size, ranges, WebSockets. When the session has ended, the proxy signs in and sends the
request once more; an upload above 64 KiB or of unknown length is not kept for that: its 401 is yours, and the next
request signs in.

Callers show the token of this run in one of three ways:
  Authorization: Bearer <token>                  curl, Postman, programs
  http://127.0.0.1:PORT/?vms_token=<token>       a browser: it gets a cookie, and the address without the token
  http://vms:<token>@127.0.0.1:PORT/<path>       VLC and others that know only a password
Where others use this machine too, they can read command lines: curl takes the header from a file, by -H @file.
The browser's cookie is not the token, and good for pages of the proxy alone. But browsers send cookies to every port of
a host: while the proxy runs, another user's server on another port of 127.0.0.1 that you visit sees the cookie, and can
use the session with it. With --bind beyond this machine browsers are not served at all.

Cookies end here, in both directions, and so do the vendor's CORS headers and service workers: a page of another origin
cannot use the session. Redirects below the URL lead back to the proxy. The vendor sees the user agent of vms, or a
browser's own. What the proxy itself answers, and not the vendor, has the header vms-proxy-error: 401 no token, or not
signed in; 403 another host name or origin; 502, 503, 504 the vendor does not answer.

Ctrl-C ends it; the session stays.

Exit status: 0 ended by Ctrl-C; 2 wrong options, a port that is taken, or no such profile.

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
      "the address to listen on; beyond this machine, whoever listens reads along",
      "127.0.0.1",
    )
    .option("--no-token", "ask callers for no token: every program on this machine can then use the session")
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
