/** A body as `fetch` takes it. */
export type RequestBody = BodyInit | null | undefined;

/**
 * Whether a body can be sent once more without having been copied first. A stream cannot: the first request uses it up.
 */
export function isReplayable(body: RequestBody): boolean {
  return (
    body === undefined ||
    body === null ||
    typeof body === "string" ||
    body instanceof URLSearchParams ||
    body instanceof FormData ||
    body instanceof Blob ||
    body instanceof ArrayBuffer ||
    ArrayBuffer.isView(body)
  );
}
