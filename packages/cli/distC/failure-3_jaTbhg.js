import { i as isVmsError } from "./session-parts-p54pbG4w-DGshYhYp.js";
import { r as EXIT, t as CliError } from "./cli-error-DMeu-qbx.js";
import { n as vendors, t as isVendor } from "./vendors-CtNaXJu0.js";
// src/when.ts
const MINUTE = 6e4;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** A length of time as a person reads it: its two largest units. */
function lengthOf(ms) {
	const left = Math.max(0, ms);
	if (left < MINUTE) return `${Math.floor(left / 1e3)} s`;
	if (left < HOUR) return `${Math.floor(left / MINUTE)} min`;
	const [large, small, names] = left < DAY ? [
		HOUR,
		MINUTE,
		["h", "min"]
	] : [
		DAY,
		HOUR,
		["d", "h"]
	];
	const rest = Math.floor(left % large / small);
	return `${Math.floor(left / large)} ${names[0]}${rest === 0 ? "" : ` ${rest} ${names[1]}`}`;
}
// src/plain-words.ts
/** What the packages tell a programmer, and what a person at a terminal can do instead. */
const WORDS = [
	[/, and the option `secondFactor` is not set\..*$/s, ", and nobody is here to be asked for one."],
	[/ Correct `credentials`, check what `secondFactor` answers, then call `renew\(\)`\./, ""],
	[/ (Correct|Check) `credentials`(?=\.)/, " $1 both"],
	[/[,;] then call `(session\.)?renew\(\)`/, ", then sign in again"],
	[/ Call `login\(\)` to open it again\./, ""],
	[/or set `allowInsecureHttp: true` if that network is yours/, "or give --allow-http if that network is yours"],
	[/ \(`timeout`\)/, ""],
	[/, or allow more time\./, "."],
	[/: give them as `credentials`\./, ": give --username."],
	[/`baseUrl`/g, "the URL"]
];
/** A message of the packages as the command line says it. */
function inPlainWords({ message }) {
	const text = message.replace(/^\[@vms\/[\w-]+\] /, "");
	return WORDS.reduce((words, [what, instead]) => words.replace(what, instead), text);
}
/** What to do about an error of the packages, where its message does not say it. */
function hintFor(error) {
	if (!isVendor(error.vendor)) return void 0;
	const { prefix } = vendors[error.vendor];
	const signIn = `vms login ${error.vendor}`;
	switch (error.code) {
		case "invalid_credentials": return `Sign in with the right ones: ${signIn}`;
		case "second_factor_required":
			if (!error.message.includes("is not set")) return void 0;
			return `Sign in at a terminal: ${signIn}${error.methods.some(({ type }) => type === "totp") ? `\nOr give the app's secret to a job, in ${prefix}_TOTP.` : ""}`;
		case "rate_limited": return error.retryAfter === void 0 ? void 0 : `The vendor asks to wait ${lengthOf(error.retryAfter)}.`;
		default: return;
	}
}
// src/failure.ts
/** What to show of an error. */
function failureOf(error) {
	if (error instanceof CliError) {
		const details = error.cause === void 0 ? [] : failureOf(error.cause).details;
		return {
			exit: error.exit,
			message: error.message,
			hint: error.hint,
			details
		};
	}
	if (isVmsError(error)) return ofVms(error);
	if (isInterrupt(error)) return {
		exit: EXIT.interrupted,
		message: "interrupted",
		hint: void 0,
		details: []
	};
	const code = codeIn(error);
	const message = isNetwork(error) ? `the vendor could not be reached${code === void 0 ? "" : ` (${code})`}.` : `something unforeseen failed${code === void 0 ? "" : ` (${code})`}.`;
	return {
		exit: isNetwork(error) ? EXIT.unavailable : EXIT.failed,
		message,
		hint: void 0,
		details: stackOf(error)
	};
}
const EXITS = {
	invalid_options: EXIT.usage,
	insecure_transport: EXIT.usage,
	origin_not_allowed: EXIT.usage,
	invalid_request: EXIT.notSignedIn,
	invalid_credentials: EXIT.notSignedIn,
	account_unavailable: EXIT.notSignedIn,
	second_factor_required: EXIT.notSignedIn,
	second_factor_rejected: EXIT.notSignedIn,
	session_closed: EXIT.notSignedIn,
	rate_limited: EXIT.unavailable,
	vendor_unavailable: EXIT.unavailable,
	unexpected_response: EXIT.unexpected
};
function ofVms(error) {
	const { code, vendor, status, retryAfter } = error;
	const details = [
		`code: ${code}`,
		`vendor: ${vendor}`,
		...status === void 0 ? [] : [`status: ${status}`],
		...retryAfter === void 0 ? [] : [`retry after: ${retryAfter} ms`],
		...stackOf(error)
	];
	return {
		exit: EXITS[code] ?? EXIT.failed,
		message: inPlainWords(error),
		hint: hintFor(error),
		details
	};
}
/** Whether an error is a Ctrl-C: a prompt's, or a signal's. */
function isInterrupt(error) {
	return error instanceof Error && [
		"ExitPromptError",
		"AbortPromptError",
		"AbortError"
	].includes(error.name);
}
function isNetwork(error) {
	return error instanceof TypeError && /fetch failed|terminated/.test(error.message);
}
function codeIn(error) {
	const cause = error instanceof Error ? error.cause ?? error : void 0;
	const code = typeof cause === "object" && cause !== null && "code" in cause ? cause.code : void 0;
	return typeof code === "string" && /^[A-Z0-9_]{1,40}$/.test(code) ? code : void 0;
}
function stackOf(error) {
	return (error instanceof Error ? error.stack ?? "" : "").split("\n").filter((line) => /^\s+at /.test(line));
}
export { failureOf as t };
