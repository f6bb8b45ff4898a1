/** A body as `fetch` takes it. */
export type RequestBody = BodyInit | null | undefined;

// By their tags, not by `instanceof`: a body can come from another realm (jest, vm, Electron) or from undici.
const REPLAYABLE_TAGS: readonly string[] = ["ArrayBuffer", "Blob", "File", "FormData", "URLSearchParams"];

/**
 * Whether a body can be sent again without having been copied first. A stream cannot: sending it uses it up.
 */
export function isReplayable(body: unknown): boolean {
  return (
    body === undefined ||
    body === null ||
    typeof body === "string" ||
    ArrayBuffer.isView(body) ||
    REPLAYABLE_TAGS.includes(tagOf(body))
  );
}

/** Whether a body is a form, which is sent with its own boundary. */
export function isForm(body: unknown): body is FormData {
  return tagOf(body) === "FormData";
}

function tagOf(value: unknown): string {
  return Object.prototype.toString.call(value).slice("[object ".length, -1);
}

// A form gets a new boundary each time that it is sent.
export function headersForBody(headers: HeadersInit | undefined, body: RequestBody): HeadersInit | undefined {
  if (!isForm(body)) return headers;
  const fitted = new Headers(headers);
  if (fitted.get("content-type")?.startsWith("multipart/form-data")) fitted.delete("content-type");
  return fitted;
}
