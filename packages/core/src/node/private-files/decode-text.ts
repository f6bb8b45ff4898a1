/**
 * Decodes UTF-8 text and removes a byte order mark.
 * @param failure creates the error from what follows the text's name: "is UTF-16".
 */
export function decodeText(bytes: Uint8Array, failure: (what: string) => Error): string {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) throw failure("is UTF-16");
  // Without a byte order mark, UTF-16 can be valid UTF-8.
  if (bytes.includes(0)) throw failure("contains NUL bytes, as UTF-16 does");
  try {
    // Without `fatal`, replacement characters would produce a wrong password.
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw failure("is not UTF-8 text");
  }
}

/** Like `decodeText`, and removes one trailing newline (LF or CRLF). */
export function decodeLine(bytes: Uint8Array, failure: (what: string) => Error): string {
  return decodeText(bytes, failure).replace(/\r?\n$/, "");
}
