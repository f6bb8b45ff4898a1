import { createHash } from "node:crypto";

/** A caller's observations, as JSON. */
export type Observed = null | boolean | number | string | readonly Observed[] | { readonly [key: string]: Observed };

/** Makes a call, and describes its response or its error. */
export async function outcome(call: () => unknown, reason?: unknown): Promise<Observed> {
  let promise: unknown;
  try {
    promise = call();
  } catch (error) {
    return { throws: describeError(error, reason) };
  }
  try {
    return { isPromise: promise instanceof Promise, response: await describeResponse((await promise) as Response) };
  } catch (error) {
    return { isPromise: promise instanceof Promise, rejects: describeError(error, reason) };
  }
}

/** Describes a response and its body, which is read. */
export async function describeResponse(response: Response): Promise<Observed> {
  const facts = describeFacts(response);
  const { body } = response;
  const before = { bodyIs: tagOf(body), locked: body?.locked ?? null, bodyUsed: response.bodyUsed };
  return { ...facts, ...before, read: await describeBody(response), bodyUsedAfter: response.bodyUsed };
}

/** Describes a response without its body. */
export function describeFacts(response: Response): { readonly [key: string]: Observed } {
  const { status, statusText, ok, type, url, redirected } = response;
  return {
    ...{ status, statusText, ok, type, url, redirected },
    headers: [...response.headers],
    setCookie: response.headers.getSetCookie(),
    headersCanChange: changes(response.headers),
    isResponse: response instanceof Response,
    isPlainResponse: Object.getPrototypeOf(response) === Response.prototype,
    tag: tagOf(response),
    keys: Object.keys(response),
  };
}

/** Reads a body, and describes its text or the error. */
export async function describeBody(source: Request | Response, reason?: unknown): Promise<Observed> {
  try {
    return { text: shownText(await source.text()) };
  } catch (error) {
    return { rejects: describeError(error, reason) };
  }
}

export function describeRequest(request: Request): { readonly [key: string]: Observed } {
  return { bodyUsed: request.bodyUsed, locked: request.body?.locked ?? null, url: request.url, method: request.method };
}

/** @param reason the expected error, compared by identity. */
export function describeError(error: unknown, reason?: unknown): Observed {
  const isReason = reason === undefined ? {} : { isReason: Object.is(error, reason) };
  if (!(error instanceof Error)) return { ...isReason, thrown: typeof error, tag: tagOf(error), text: String(error) };
  const { name, message, cause } = error;
  return {
    ...isReason,
    name,
    message,
    tag: tagOf(error),
    isTypeError: error instanceof TypeError,
    isDOMException: error instanceof DOMException,
    code: codeOf(error),
    cause: cause === undefined ? null : { name: (cause as Error).name, text: String(cause), code: codeOf(cause) },
  };
}

function codeOf(error: unknown): string | number | null {
  const { code } = error as { code?: unknown };
  return typeof code === "string" || typeof code === "number" ? code : null;
}

function changes(headers: Headers): boolean {
  try {
    headers.append("x-probe", "1");
    headers.delete("x-probe");
    return true;
  } catch {
    return false;
  }
}

function tagOf(value: unknown): string {
  return Object.prototype.toString.call(value).slice("[object ".length, -1);
}

function shownText(text: string): string {
  return text.length <= 300 ? text : `${text.length} characters, ${createHash("sha256").update(text).digest("hex")}`;
}

/** The paths at which two observations differ. */
export function differingPaths(one: Observed, other: Observed, path = ""): string[] {
  if (isObject(one) && isObject(other) && Array.isArray(one) === Array.isArray(other)) {
    const keys = [...new Set([...Object.keys(one), ...Object.keys(other)])];
    return keys.flatMap((key) =>
      differingPaths(one[key] ?? null, other[key] ?? null, path === "" ? key : `${path}.${key}`),
    );
  }
  return JSON.stringify(one) === JSON.stringify(other) ? [] : [path];
}

function isObject(value: Observed): value is { readonly [key: string]: Observed } {
  return typeof value === "object" && value !== null;
}
