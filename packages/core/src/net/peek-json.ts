import { readBody } from "./read-body.ts";

/**
 * Looks at a small JSON body without using it up: for vendors whose answers say inside whether the session is gone.
 * @param limit bytes; a larger body is not what is looked for, and is left alone. At most so much of it is held twice.
 * @returns `undefined` where the body is not JSON, larger, or already used.
 */
export async function peekJson(response: Response, limit: number): Promise<unknown> {
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
