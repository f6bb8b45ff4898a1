import { isVmsError } from "@vms/core";
import { OurOwn } from "../sign-ins/human.ts";

/** Describes an error in a few words, without anything that differs between runs. */
export function describeError(error: unknown): string {
  if (isVmsError(error)) {
    const reason = error.code === "account_unavailable" ? ` (${error.reason})` : "";
    const wait = error.retryAfter === undefined ? "" : `, retry after ${Math.ceil(error.retryAfter / 1000)} s`;
    return `\`${error.code}\`${reason}${wait}`;
  }
  if (error instanceof TypeError) {
    const { cause } = error;
    const code = typeof cause === "object" && cause !== null && "code" in cause ? ` \`${cause.code}\`` : "";
    return `\`TypeError\`${code}`;
  }
  if (error instanceof DOMException && error.name === "TimeoutError") return "the caller's `TimeoutError`";
  if (error instanceof OurOwn) return error.message;
  return `undocumented: ${String(error)}`;
}

/** Describes an error that the documentation does not list; `""` if it lists the error. */
export function undocumented(error: unknown, callersLimit = false): string {
  if (isVmsError(error) || error instanceof OurOwn) return "";
  if (error instanceof TypeError && error.message === "fetch failed") return "";
  if (callersLimit && error instanceof DOMException && error.name === "TimeoutError") return "";
  return `undocumented: ${error instanceof Error ? error.stack : String(error)}`;
}

/** "1 request", "3 requests". */
export function count(many: number, what: string): string {
  return `${many} ${what}${many === 1 ? "" : "s"}`;
}
