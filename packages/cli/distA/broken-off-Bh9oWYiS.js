import { r as EXIT, t as CliError } from "./cli-error-DMeu-qbx.js";
// src/commands/api/broken-off.ts
/** The error for an answer that ended before its end. The original is not shown: it can hold a piece of the answer. */
function brokenOff(error, hint) {
	const cause = error instanceof Error && "code" in error ? error : error instanceof Error ? error.cause : void 0;
	const code = cause instanceof Error && "code" in cause ? cause.code : void 0;
	const why = typeof code === "string" && /^[A-Z0-9_]{1,40}$/.test(code) ? ` (${code})` : "";
	return new CliError(EXIT.unavailable, `the answer broke off before its end${why}.`, hint);
}
export { brokenOff as t };
