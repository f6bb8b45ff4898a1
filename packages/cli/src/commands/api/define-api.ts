import { type Command, Option } from "commander";
import { collectValues } from "../../command-line/collect-values.ts";
import { helpText } from "../../command-line/help-text.ts";
import type { Terminal } from "../../command-line/terminal.ts";
import { usage } from "../../errors/cli-error.ts";
import type { ApiOptions } from "./api-options.ts";

const HELP = `
The path is relative to the profile's URL. A whole URL must be on its host.
Fields become the JSON body. For a GET, or with --input, they become the query.
On a terminal, JSON is indented and coloured. Elsewhere, the bytes are
unchanged. If the session has expired and vms knows the password, it signs in
and sends the call again, with standard input of up to 1 MiB.

Exit status: 0 success; 2 the command line is wrong, and nothing was sent;
3 not signed in; 4 the vendor answered 400 to 499; 5 the vendor answered 429, or
500 or above, or not at all; 6 the response is not documented; 130 Ctrl-C,
143 SIGTERM, 129 SIGHUP.

Examples:
  vms api alta api/v1/alarmZones
  vms api findface sessions/ -X GET -F limit=10
  vms api findface 'sessions/?limit=100' --paginate
  # other calls, from your vendor's documentation:
  vms api acme some/path -f name=Gate -F level=3 -f 'tags[]=a'
  vms api acme some/path -X PATCH --input body.json
  vms api acme some/clip.mp4 -o clip.mp4
`;

export function defineApi(program: Command, terminal: Terminal): void {
  program
    .command("api")
    .description("Call the vendor's API with the session.")
    .usage("[options] [profile] <path>")
    .argument("[profile]")
    .argument("[path]")
    .option("-X, --method <method>", "the method (default: GET; POST with a body)")
    .option("-f, --raw-field <key=value>", "a field as text; can be repeated", collectValues)
    .option("-F, --field <key=value>", "a field as a number, true, false, null or @file", collectValues)
    .option("--input <file>", "send a file as the body; - is standard input")
    .option("-H, --header <key:value>", "a header of the call; can be repeated", collectValues)
    .option("-o, --output <file>", "save the response; - is standard output")
    .option("--paginate", "follow the pages of a list and print one array")
    .option("-i, --include", "also print the status line and the headers")
    .option("--raw", "print the bytes unchanged, even on a terminal")
    .addOption(new Option("--json").hideHelp())
    .addHelpText("after", () => helpText(terminal, "api", HELP))
    .action(async (first: string | undefined, second: string | undefined, options: ApiOptions, own: Command) => {
      if (first === undefined) own.error("error: missing required argument 'path'");
      if ("json" in options) throw noJsonOption();
      const { runApi } = await import("./run-api.ts");
      await runApi(first, second, options, terminal);
    });
}

// `--json` selects vms' own output for programs. Here the output is the vendor's.
function noJsonOption() {
  return usage(
    "vms api has no --json: it prints what the vendor sends.",
    "Leave it out. A pipe gets the bytes unchanged.",
  );
}
