import type { Command } from "commander";
import { collectValues } from "../../command-line/collect-values.ts";
import { helpText } from "../../command-line/help-text.ts";
import { SIGNED_IN_JSON } from "../../command-line/signed-in-json.ts";
import type { Terminal } from "../../command-line/terminal.ts";
import { type VendorName, vendors } from "../../profiles/vendors.ts";
import { cookieVendors } from "./cookie-vendors.ts";
import type { ImportOptions } from "./run-import.ts";

const HELP = `
Use vms import if another program has signed in. curl writes its cookies with curl -c cookies.txt. vms checks the
session with a harmless call and then stores it. It sends no password.

Some browser extensions write the same format. When the session expires, run vms login. Vendors whose sessions are
cookies: ${cookieVendors.map(withCookies).join(", ")}.

A value comes from its option, else the environment (VMS_<VENDOR>_URL, _USERNAME), else the profile.

${SIGNED_IN_JSON}

Exit status: 0 success; 2 something is missing or wrong, or the file has no such cookie for the vendor's host; 3 the
vendor rejects the session; 5 the vendor cannot be reached; 130 Ctrl-C, 143 SIGTERM, 129 SIGHUP.

Examples:
  vms import alta cookies.txt --username ops@acme.example \\
    --url https://acme.eu.alta.avigilon.com
  vms import eagleeye - --username ops@acme.example < cookies.txt
`;

export function defineImport(program: Command, terminal: Terminal): void {
  program
    .command("import")
    .description("Store the session of another program from its cookies.txt.")
    .argument("<vendor>", cookieVendors.join(" or "))
    .argument("<file>", "the cookies, in curl's (Netscape's) format; - is standard input")
    .option("--url <url>", "the URL of the vendor's API")
    .option("-u, --username <name>", "the user name of the session")
    .option("-p, --profile <name>", "the name of the profile (default: <vendor>)")
    .option("--ca <file>", "trust only the certificates in this PEM file, for a private CA")
    .option("--allow-http", "allow http:// to other machines; others can then read the cookie")
    .option("--option <key=value>", "an option of the vendor's package; can be repeated", collectValues)
    .option("--json", "print JSON")
    .addHelpText("after", () => helpText(terminal, "import", HELP))
    .action(async (vendor: string, file: string, options: ImportOptions) => {
      const { runImport } = await import("./run-import.ts");
      await runImport(vendor, file, options, terminal);
    });
}

function withCookies(vendor: VendorName): string {
  return `${vendor} (${vendors[vendor].sessionCookies?.join(" or ")})`;
}
