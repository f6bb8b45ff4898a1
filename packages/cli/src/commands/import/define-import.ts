import type { Command } from "commander";
import { collectValues } from "../../command-line/collect-values.ts";
import type { Terminal } from "../../command-line/terminal.ts";
import type { ImportOptions } from "./run-import.ts";

const HELP = `
For a session that was signed in elsewhere: by curl (curl -c cookies.txt …), or in a browser with an extension that
writes this form. The vendor is asked by a harmless call whether it is good; then it is kept as if vms had signed in. No
password is asked for or sent. It can be renewed by vms login.

The vendors whose sessions are cookies: alta (cookie va), eagleeye (auth_key or videobank_sessionid).

What is not given is taken from the environment (VMS_<VENDOR>_URL, _USERNAME), then from the profile of that name.

--json prints what vms status --json tells, of this profile alone, and newSession: whether it signed in just now.

Exit status: 0 kept; 2 something is missing or wrong, or there is no such cookie for the vendor's host in the file; 3
the vendor refuses the session; 5 the vendor cannot be reached; 130 Ctrl-C.

Examples:
  vms import alta cookies.txt --url https://acme.eu.alta.avigilon.com --username ops@acme.example
  vms import eagleeye - --username ops@acme.example --profile night < cookies.txt
`;

export function defineImport(program: Command, terminal: Terminal): void {
  program
    .command("import")
    .description("Take up a session that was signed in elsewhere, from a cookies.txt.")
    .argument("<vendor>", "alta or eagleeye")
    .argument("<file>", "the cookies, in Netscape's form as curl writes it; - is standard input")
    .option("--url <url>", "where the vendor's API is")
    .option("-u, --username <name>", "the user name that the session is of")
    .option("-p, --profile <name>", "the name to keep the account under")
    .option("--ca <file>", "trust these certificates instead of the public ones: a file in PEM, for a private CA")
    .option("--allow-http", "allow http:// beyond this machine: the cookie can then be read on the way")
    .option("--option <key=value>", "an option of the vendor's package; can be repeated", collectValues)
    .option("--json", "print JSON")
    .addHelpText("after", HELP)
    .action(async (vendor: string, file: string, options: ImportOptions) => {
      const { runImport } = await import("./run-import.ts");
      await runImport(vendor, file, options, terminal);
    });
}
