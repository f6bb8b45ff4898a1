import { r as EXIT } from "./cli-error-DMeu-qbx.js";
import { t as failureOf } from "./failure-D4kqta0z.js";
import { t as version } from "./version-DN_k8pUb.js";
import process$1 from "node:process";
import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { styleText } from "node:util";
// src/commands/api/command.ts
const HELP$1 = `
The path is joined below the profile's URL, with or without a leading slash. A whole URL must be of the profile's host.
A session that has ended is renewed where a password is known, and the call is sent once more.

Fields are a JSON object as the body, or the query of a GET; with --input they are the query.
  -f name=anna -f 'tags[]=a' -f 'tags[]=b' -f 'place[city]=Riga'   text
  -F limit=5 -F active=true -F note=null -F 'text=@note.txt'       numbers, true, false, null, a file's text

What is piped in by --input - is a stream: where the session turns out to have ended, up to 64 KiB of it are sent again.
A body is sent as application/json; a file whose name does not end in .json, as application/octet-stream. To change
that: -H 'content-type: …'.

With -o the answer is downloaded beside the file and put in its place when it is whole; the body of an error goes to
standard output instead.

Exit status: 0 for a good answer; 2 for a wrong command line, when nothing was sent; 3 where signing in is needed or was
refused; 4 for an answer of 400 to 499, whose body is printed; 5 for 429, for 500 and above, and for no answer;
6 for an answer that the vendor does not document; 130 for Ctrl-C.

Examples:
  vms api acme api/v1/alarmZones --json
  vms api acme api/v1/alarmZones -f name=Gate -F level=3
  vms api acme users/me/ -X PATCH --input user.json
  vms api acme clips/17.mp4 -o clip.mp4
  jq '{name}' zone.json | vms api acme api/v1/alarmZones --input -
`;
function defineApi(program, terminal) {
	program.command("api").description("Call the vendor's API, signed in.").argument("<profile>", "the profile, as vms login named it").argument("<path>", "the path of the call, or a URL of the profile's host").option("-X, --method <method>", "the method (default: GET; POST with fields or --input)").option("-f, --raw-field <key=value>", "a field, as text; can be repeated", list$1).option("-F, --field <key=value>", "a field, as a number, true, false, null or @file; can be repeated", list$1).option("--input <file>", "send this file as the body; - is standard input").option("-H, --header <key:value>", "a header of the call; can be repeated", list$1).option("--json", "lay out an answer in JSON for reading").option("-o, --output <file>", "put the answer into this file; - is standard output").option("-i, --include", "print the status line and the headers of the answer, too").addHelpText("after", HELP$1).action(async (profile, path, options) => {
		const { api } = await import("./api-CV66Wyl6.js");
		await api(profile, path, options, terminal);
	});
}
function list$1(value, before = []) {
	return [...before, value];
}
// src/commands/login/command.ts
const HELP = `
<vendor> is alta, findface, alertsite, eagleeye or admin-token; or the name of a profile that there is.

What is not given by an option is taken from the environment (VMS_<VENDOR>_URL, _USERNAME, _PASSWORD, and _TOTP, the
secret of an authenticator app; for Eagle Eye also _API_KEY), then from the profile of that name; what is still missing
is asked for, where there is a terminal. A password is never an option: others could read it in the list of processes.

The session is kept, encrypted, for every other command of vms. One that is live already is taken up, after asking the
vendor whether it is good; vms renew makes a new one. The password is forgotten, unless --save-credentials puts it into
the system's keyring: then an ended session is renewed by itself.

A profile is an account: its vendor, URL, user name and options, and no secret. Its default name is the vendor's (with
--account, <vendor>-<id>). A second account of a vendor needs a --profile of its own; nothing is replaced unasked.

--option keeps an option of the vendor's package with the profile; an empty value removes it:
  all vendors   idleTimeout=15m lifetime=8h renewBefore=2m timeout=30s allowedOrigins=https://a.example,https://b.example
  alta          codeIn=login
  findface      mode=face face=video.mp4 uuid=… language=es mobile=true deviceInfo='{"name":"…"}'
  alertsite     transport=query sessionGoneCodes=40
  eagleeye      realm=… body=json transport=query tfaKeyIn=cookie
  admin-token   timeZone=Europe/Berlin

Exit status: 0 signed in; 2 something is missing or wrong, and nothing was sent; 3 the vendor refused the credentials,
the code or the account; 5 the vendor cannot be reached; 1 what could not be kept; 130 Ctrl-C, and nothing is kept.

Examples:
  vms login alta --url https://acme.eu.alta.avigilon.com
  vms login eagleeye --profile night-shift --username night@acme.example --save-credentials
  pass show acme/alta | vms login alta --username ops@acme.example --password-stdin
  vms login alta --simulator
`;
function defineLogin(program, terminal) {
	program.command("login").description("Sign in, and keep the session.").argument("[vendor]", "the vendor, or a profile to sign in again").option("-p, --profile <name>", "the name to keep the account under").option("--url <url>", "where the vendor's API is").option("-u, --username <name>", "the user name").option("--password-stdin", "read the password from standard input").option("--ca <file>", "trust these certificates, too: a file in PEM, for a private CA").option("--allow-http", "allow http:// beyond this machine: the password can then be read on the way").option("--option <key=value>", "an option of the vendor's package; can be repeated", list).option("--account <id>", "work on this account of the user (Eagle Eye Networks)").option("--save-credentials", "keep the password, too, in the system's keyring").option("--insecure-storage", "with --save-credentials: keep it in a file of mode 0600, in clear text").addOption(new Option("--simulator", "sign in to the simulator that `vms simulator` runs").conflicts([
		"url",
		"username",
		"passwordStdin",
		"ca"
	])).addHelpText("after", HELP).action(async (vendor, options) => {
		const { login } = await import("./login-CADFvddv.js");
		await login(vendor, options, terminal);
	});
}
function list(value, before = []) {
	return [...before, value];
}
// src/commands/proxy/command.ts
const EXAMPLES = `
Examples:
  vms proxy alta                        prints an address, and what to send to it
  curl -H "Authorization: Bearer …" http://127.0.0.1:PORT/api/v1/alarmZones
  vms proxy alta --port 8080            always the same address
  vms proxy alta --json                 {"url":"http://127.0.0.1:PORT","token":"…"} for a script

What goes to http://127.0.0.1:PORT/<path> goes to the profile's base URL + <path>, with the session's credential put on:
uploads and downloads of any size, ranges, WebSockets. When the session has ended, the proxy signs in and sends the
request once more; an upload above 64 KiB or of unknown length is not kept for that: its 401 is yours, and the next
request signs in.

Callers show the token of this run in one of three ways:
  Authorization: Bearer <token>                  curl, Postman, programs
  http://127.0.0.1:PORT/?vms_token=<token>       a browser: it gets a cookie, and the address without the token
  http://vms:<token>@127.0.0.1:PORT/<path>       VLC and others that know only a password

Cookies end here, in both directions, and so do the vendor's CORS headers: a page of another origin cannot use the
session. Redirects below the base URL lead back to the proxy. What the proxy itself answers, and not the vendor, has the
header vms-proxy-error: 401 no token, or not signed in; 403 another host name or origin; 502, 503, 504 the vendor.

Ctrl-C ends it; the session stays. Exit status: 0 ended, 2 wrong options, port taken or no such profile.`;
function defineProxy(program, terminal) {
	program.command("proxy").description("Serve a profile's API on this machine, signed in, to curl, Postman, VLC, a browser or any language.").argument("<profile>", "the profile to use, as `vms login` named it").option("--port <n>", "the port to listen on (default: a free one)", portOf).option("--bind <address>", "the address to listen on; beyond this machine, whoever listens reads along", "127.0.0.1").option("--no-token", "ask callers for no token: every program on this machine can then use the session").option("--json", "print one line of JSON instead: url and token").addHelpText("after", EXAMPLES).action(async (profile, options) => {
		const { proxy } = await import("./proxy-eL5cr5Kx.js");
		await proxy(profile, options, terminal);
	});
}
function portOf(text) {
	const port = /^\d{1,5}$/.test(text) ? Number(text) : NaN;
	if (port <= 65535) return port;
	throw new InvalidArgumentError("It must be a number from 0 to 65535.");
}
// src/program.ts
const COMMANDS = [
	defineApi,
	defineLogin,
	defineProxy
];
/** The whole command line. */
function createProgram(terminal) {
	const program = new Command("vms").description("Sign in to video-management and monitoring systems, and stay signed in.").version(version).option("--verbose", "say more when something fails; never a secret").showHelpAfterError("Run the command with --help for its options and examples.").exitOverride();
	for (const define of COMMANDS) define(program, terminal);
	return program;
}
// src/terminal.ts
/** The terminal of this process. */
function openTerminal() {
	return {
		out: (text) => new Promise((resolve, reject) => {
			process$1.stdout.write(text, (error) => error ? reject(error) : resolve());
		}),
		say: (line) => void process$1.stderr.write(`${line}\n`),
		interactive: process$1.stdin.isTTY === true && process$1.stderr.isTTY === true,
		style: (format, text) => styleText(format, text, { stream: process$1.stderr })
	};
}
// src/main.ts
/** Runs the command line. Returns the exit status. */
async function main(args) {
	const terminal = openTerminal();
	const program = createProgram(terminal);
	try {
		await program.parseAsync(args, { from: "user" });
		return Number(process.exitCode ?? EXIT.ok);
	} catch (error) {
		if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
		const { exit, message, hint, details } = failureOf(error);
		if (exit === EXIT.interrupted) return exit;
		terminal.say(`${terminal.style("red", "vms:")} ${message}`);
		if (hint !== void 0) terminal.say(terminal.style("dim", hint));
		if (args.includes("--verbose")) for (const line of details) terminal.say(terminal.style("dim", line));
		return exit;
	}
}
export { main };
