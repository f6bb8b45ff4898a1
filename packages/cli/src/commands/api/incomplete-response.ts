import { networkCode } from "@vms/core/internal";
import { CliError } from "../../errors/cli-error.ts";
import { EXIT } from "../../errors/exit-codes.ts";
import { INVALID_HTTP, isHttpParserError } from "../../errors/invalid-http.ts";

/**
 * The error for a response that ended early. The original error is not shown, because it can contain part of the
 * response. An error of this program is returned as it is.
 */
export function incompleteResponse(error: unknown, hint: string): CliError {
  if (error instanceof CliError) return error;
  const code = networkCode(error);
  const why = code === undefined ? "" : ` (${code})`;
  return isHttpParserError(code)
    ? new CliError(EXIT.unexpected, `${INVALID_HTTP}${why}.`, hint)
    : new CliError(EXIT.unavailable, `the response ended early${why}.`, hint);
}
