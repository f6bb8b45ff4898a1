/**
 * Decodes text that a person may have written, such as a file or standard input. A byte order mark is removed.
 * @param failure creates the error. It receives what the text is, to be put after its name: "is UTF-16".
 * @throws what `failure` creates, if the bytes are not UTF-8.
 */
export function decodeText(bytes: Uint8Array, failure: (what: string) => Error): string {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) throw failure("is UTF-16");
  // Without a byte order mark, UTF-16 can be valid UTF-8.
  if (bytes.includes(0)) throw failure("contains NUL bytes, as UTF-16 does");
  try {
    // Without `fatal`, replacement characters would make a wrong password.
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw failure("is not UTF-8 text");
  }
}

/** Decodes text like `decodeText`, and removes one newline (LF or CRLF) at its end. */
export function decodeLine(bytes: Uint8Array, failure: (what: string) => Error): string {
  return decodeText(bytes, failure).replace(/\r?\n$/, "");
}
