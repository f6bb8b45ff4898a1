/** 1 MiB. */
export const MAX_RESPONSE_BYTES: number = 1_048_576;

/**
 * @param limit in bytes.
 * @returns `undefined` if the body is larger. Its rest is not read.
 */
export async function readBody(response: Response, limit: number): Promise<string | undefined> {
  if (response.body === null) return "";
  const bytes = await readBytes(response.body.getReader(), limit);
  return bytes && new TextDecoder().decode(bytes);
}

/**
 * @param limit in bytes.
 * @returns `undefined` if the stream is longer. It is then cancelled.
 */
export async function readBytes(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  limit: number,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.byteLength;
    if (size > limit) {
      reader.cancel().catch(() => {});
      return undefined;
    }
    chunks.push(value);
  }
  const all = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.byteLength;
  }
  return all;
}
