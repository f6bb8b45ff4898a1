/** Of an answer that Node's parser refuses. */
export const INVALID_HTTP = "the vendor's answer breaks the rules of HTTP";

/** Whether a code is of Node's parser of HTTP. */
export function isHttpParserError(code: string | undefined): boolean {
  return code?.startsWith("HPE_") === true;
}
