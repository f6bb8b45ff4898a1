import { readBody } from "./read-body.ts";

/**
 * Parses a small JSON body without consuming it, for vendors that report an expired session in the body.
 * @param limit the largest body that is read, in bytes. At most this much is buffered.
 * @returns the parsed body; `undefined` if it is not JSON, larger than `limit`, or already used.
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
  try {
    const text = await readBody(response.clone(), limit);
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}
