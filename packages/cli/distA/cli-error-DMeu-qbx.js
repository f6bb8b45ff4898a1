// src/exit-codes.ts
/** What the exit status of `vms` says. */
const EXIT = {
	ok: 0,
	/** Something failed that has no status of its own. */
	failed: 1,
	/** The command line, the configuration or a file that was given is wrong: nothing was sent. */
	usage: 2,
	/** Not signed in, or the vendor refused the credentials, the code or the account. */
	notSignedIn: 3,
	/** The vendor answered the call with a status of 400 to 499. */
	clientError: 4,
	/** The vendor answered 500 or above, or too many requests, or not at all. */
	unavailable: 5,
	/** The vendor answered something that it does not document. */
	unexpected: 6,
	/** Ended by Ctrl-C. */
	interrupted: 130
};
// src/cli-error.ts
/** A failure with its exit status: what happened in one line, and what to do in another. */
var CliError = class extends Error {
	name = "CliError";
	exit;
	hint;
	/** @param cause what to tell more of with `--verbose`. */
	constructor(exit, message, hint, cause) {
		super(message, cause === void 0 ? void 0 : { cause });
		this.exit = exit;
		this.hint = hint;
	}
};
/** The command line or a file is wrong. */
function usage(message, hint) {
	return new CliError(EXIT.usage, message, hint);
}
export { usage as n, EXIT as r, CliError as t };
