/** What is wrong with a response that Node's HTTP parser rejects. */
export const INVALID_HTTP = "the vendor's response is not valid HTTP";

/** Whether an error code is one of Node's HTTP parser. */
export function isHttpParserError(code: string | undefined): boolean {
  return code?.startsWith("HPE_") === true;
}
