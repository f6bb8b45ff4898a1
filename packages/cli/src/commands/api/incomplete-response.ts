import { CliError } from "../../errors/cli-error.ts";
import { EXIT } from "../../errors/exit-codes.ts";
import { INVALID_HTTP, isHttpParserError } from "../../errors/invalid-http.ts";

/**
 * The error for a response that ended early. The original error is not shown, because it can contain part of the
 * response.
 */
export function incompleteResponse(error: unknown, hint: string): CliError {
  const cause = error instanceof Error && "code" in error ? error : error instanceof Error ? error.cause : undefined;
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  if (typeof code === "string" && isHttpParserError(code))
    return new CliError(EXIT.unexpected, `${INVALID_HTTP} (${code}).`, hint);
  const why = typeof code === "string" && /^[A-Z0-9_]{1,40}$/.test(code) ? ` (${code})` : "";
  return new CliError(EXIT.unavailable, `the answer broke off before its end${why}.`, hint);
}
