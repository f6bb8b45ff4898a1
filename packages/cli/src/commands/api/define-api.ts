import type { Command } from "commander";
import { collectValues } from "../../command-line/collect-values.ts";
import { PROFILE_ARGUMENT } from "../../command-line/profile-argument.ts";
import type { Terminal } from "../../command-line/terminal.ts";
import type { ApiOptions } from "./api-options.ts";

const HELP = `
The path is joined below the profile's URL, with or without a leading slash. A whole URL must be of the profile's host.
A path that is also the name of a profile needs the slash if you leave out the profile.
If the session has ended and a password is known, vms signs in and sends the call once more.

Fields are a JSON object as the body, or the query of a GET; with --input they are the query.
  -f name=anna -f 'tags[]=a' -f 'tags[]=b' -f 'place[city]=Riga'   text
  -F limit=5 -F active=true -F note=null -F 'text=@note.txt'       numbers, true, false, null, a file's text

What is piped in by --input - is a stream: where the session turns out to have ended, up to 64 KiB of it are sent again.
A body is sent as application/json; a file whose name does not end in .json, as application/octet-stream. To change
that: -H 'content-type: …'. Redirects are followed, but not with --input.

With -o the answer is downloaded beside the file and put in its place when it is whole; the body of an error goes to
standard output instead.

Exit status: 0 for a good answer; 2 for a wrong command line, when nothing was sent; 3 where signing in is needed or was
refused; 4 for an answer of 400 to 499, whose body is printed; 5 for 429, for 500 and above, and for no answer;
6 for an answer that the vendor does not document; 130 for Ctrl-C.

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
    .option("--json", "lay out an answer in JSON for reading")
    .option("-o, --output <file>", "put the answer into this file; - is standard output")
    .option("-i, --include", "print the status line and the headers of the answer, too")
    .addHelpText("after", HELP)
    .action(async (first: string | undefined, second: string | undefined, options: ApiOptions, own: Command) => {
      if (first === undefined) own.error("error: missing required argument 'path'");
      const { runApi } = await import("./run-api.ts");
      await runApi(first, second, options, terminal);
    });
}
