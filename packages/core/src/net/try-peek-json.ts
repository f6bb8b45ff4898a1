import { readBytes } from "./read-body.ts";

/** In ms. An event stream may never end. */
const PATIENCE = 1_000;

/**
 * Parses a small JSON body without consuming it, for vendors that report an expired session in the body.
 * @param limit the largest body to read and buffer, in bytes.
 * @returns the parsed body. `undefined` if it is not JSON, larger than `limit`, already used, or not complete within 1
 * s.
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
