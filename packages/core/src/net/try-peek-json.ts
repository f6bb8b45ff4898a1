import { readBytes } from "./read-body.ts";

/** How long to wait for the rest of a body, in ms. An event stream may never end. */
const PATIENCE = 1_000;

/**
 * Parses a small JSON body without consuming it, for vendors that report an expired session in the body.
 * @param limit the largest body to read, in bytes. At most this much is buffered.
 * @returns the parsed body. `undefined` if it has another `Content-Type`, is larger than `limit`, was already used,
 * does not end within 1 s, or is not valid JSON.
 * @example
 * const isRejected = async (response: Response) => {
 *   const body = await tryPeekJson(response, 4_096);
 *   return typeof body === "object" && body !== null && "error" in body && body.error === "not_logged_in";
 * };
 */
export async function tryPeekJson(response: Response, limit: number): Promise<unknown> {
  const type = response.headers.get("content-type") ?? "application/json";
  const length = Number(response.headers.get("content-length") ?? 0);
  if (!/json/i.test(type) || length > limit || response.bodyUsed || response.body === null) return undefined;
  let isLate = false;
  let late: ReturnType<typeof setTimeout> | undefined;
  try {
    const reader = response.clone().body?.getReader();
    if (reader === undefined) return undefined;
    late = setTimeout(() => {
      isLate = true;
      reader.cancel().catch(() => {});
    }, PATIENCE);
    const bytes = await readBytes(reader, limit);
    return isLate || bytes === undefined ? undefined : JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  } finally {
    clearTimeout(late);
  }
}
