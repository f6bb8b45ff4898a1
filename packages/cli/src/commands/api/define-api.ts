import type { Command } from "commander";
import { collectValues } from "../../command-line/collect-values.ts";
import { helpText } from "../../command-line/help-text.ts";
import { PROFILE_ARGUMENT } from "../../command-line/profile-argument.ts";
import type { Terminal } from "../../command-line/terminal.ts";
import type { ApiOptions } from "./api-options.ts";

const HELP = `
The path is relative to the profile's URL, with or without a leading slash. A whole URL must be on the profile's host.
A path that is also the name of a profile needs the slash if you leave out the profile.
If the session has expired and a password is known, vms signs in and sends the call again.

Fields become the body, as a JSON object. For a GET, or with --input, they become the query.
  -f name=anna -f 'tags[]=a' -f 'tags[]=b' -f 'place[city]=Riga'   text
  -F limit=5 -F active=true -F note=null -F 'text=@note.txt'       numbers, true, false, null, a file's text

--input - sends standard input as a stream. If the session has expired, a stream is sent again only up to 64 KiB.
A body is sent as application/json, but a file whose name does not end in .json as application/octet-stream. To change
that: -H 'content-type: …'. Redirects are followed, but not with --input.

With -o, the file is replaced when the response is complete. The body of an error goes to standard output instead.

Exit status: 0 success; 2 the command line is wrong, and nothing was sent; 3 a login is needed or was refused; 4 the
vendor answered 400 to 499, and the body is printed; 5 the vendor answered 429, or 500 or above, or could not be
reached; 6 the vendor's response is not documented; 130 Ctrl-C.

Examples:
  vms api acme api/v1/alarmZones --json
  VMS_PROFILE=acme vms api api/v1/alarmZones
  vms api acme api/v1/alarmZones -f name=Gate -F level=3
  vms api acme users/me/ -X PATCH --input user.json
  vms api acme clips/17.mp4 -o clip.mp4
  jq '{name}' zone.json | vms api acme api/v1/alarmZones --input -
`;

export function defineApi(program: Command, terminal: Terminal): void {
  program
    .command("api")
    .description("Call the vendor's API, signed in.")
    .usage("[options] [profile] <path>")
    .argument("[profile]", PROFILE_ARGUMENT)
    .argument("[path]", "the path of the call, or a URL of the profile's host")
    .option("-X, --method <method>", "the method (default: GET; POST with fields or --input)")
    .option("-f, --raw-field <key=value>", "a field, as text; can be repeated", collectValues)
    .option(
      "-F, --field <key=value>",
      "a field, as a number, true, false, null or @file; can be repeated",
      collectValues,
    )
    .option("--input <file>", "send this file as the body; - is standard input")
    .option("-H, --header <key:value>", "a header of the call; can be repeated", collectValues)
    .option("--json", "format a JSON response for reading")
    .option("-o, --output <file>", "write the response to this file; - is standard output")
    .option("-i, --include", "also print the status line and the headers")
    .addHelpText("after", () => helpText(terminal, "api", HELP))
    .action(async (first: string | undefined, second: string | undefined, options: ApiOptions, own: Command) => {
      if (first === undefined) own.error("error: missing required argument 'path'");
      const { runApi } = await import("./run-api.ts");
      await runApi(first, second, options, terminal);
    });
}
