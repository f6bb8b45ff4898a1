/** The largest response that is read during a login, in bytes: 1 MiB. */
export const MAX_RESPONSE_BYTES: number = 1_048_576;

/**
 * Reads a response's body as UTF-8, up to a limit.
 * @param limit in bytes.
 * @returns `undefined` if the body is larger. The rest of it is then not read.
 */
export async function readBody(response: Response, limit: number): Promise<string | undefined> {
  if (response.body === null) return "";
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let text = "";
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    size += value.byteLength;
    if (size > limit) {
      reader.cancel().catch(() => {});
      return undefined;
    }
    text += decoder.decode(value, { stream: true });
  }
}
