import { isVmsError } from "@vms/core";
import type { ProxyResponse } from "@vms/proxy";
import { diagnosis } from "../../error-messages/advice.ts";
import { describeError } from "../../error-messages/describe-error.ts";
import type { ErrorContext } from "../../error-messages/error-context.ts";
import { CliError } from "../../errors/cli-error.ts";
import { EXIT } from "../../errors/exit-codes.ts";

/** Describes an error for a caller of the proxy, with the command that helps. */
export function describeFailure(error: unknown, context: ErrorContext, response: ProxyResponse): ProxyResponse {
  if (!isVmsError(error) && !(error instanceof CliError)) {
    return response.status < 500 ? response : { ...response, text: lines(response.text, diagnosis(context)) };
  }
  const { exit, message, hint } = describeError(error, context);
  const wait = isVmsError(error) ? error.retryAfter : undefined;
  return {
    status: STATUS[exit] ?? 502,
    code: isVmsError(error) ? error.code : (CODE[exit] ?? "not_signed_in"),
    text: lines(message, hint ?? diagnosis(context)),
    ...(wait === undefined ? {} : { headers: { "retry-after": String(Math.ceil(wait / 1000)) } }),
  };
}

/** The codes of errors of the command line. */
const CODE: Readonly<Partial<Record<number, string>>> = {
  [EXIT.usage]: "invalid_options",
  [EXIT.unavailable]: "vendor_unavailable",
};

const STATUS: Readonly<Partial<Record<number, number>>> = {
  [EXIT.usage]: 500,
  [EXIT.notSignedIn]: 401,
  [EXIT.unavailable]: 503,
};

function lines(...texts: readonly (string | undefined)[]): string {
  return texts.filter((text) => text !== undefined).join("\n");
}
