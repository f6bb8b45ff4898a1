import type { KyInstance, Options, ResponsePromise } from "ky";
import { describeBody, describeError, describeFacts, type Observed } from "../observe.ts";
import type { World } from "../probe.ts";

/** ky with a type that accepts any arguments. */
export type AnyKy = KyInstance & ((input?: unknown, options?: unknown) => ResponsePromise);

/** Makes a call with ky, and describes its response or its error. */
export async function kyOutcome(call: () => unknown, reason?: unknown): Promise<Observed> {
  let promise: unknown;
  try {
    promise = call();
  } catch (error) {
    return { throws: describeKyError(error, reason) };
  }
  try {
    const value = await promise;
    if (!(value instanceof Response)) return { value: describeValue(value) };
    const facts = describeFacts(value);
    const json = Object.hasOwn(value, "json");
    return { ...facts, json, bodyUsed: value.bodyUsed, read: await describeBody(value) };
  } catch (error) {
    return { rejects: describeKyError(error, reason) };
  }
}

export function kyCall(world: World, path: string, options?: Options): Promise<Observed> {
  return kyOutcome(() => world.http(path, options));
}

/** Describes an error with the properties that ky adds. */
export function describeKyError(error: unknown, reason?: unknown): Observed {
  const { request, response, options, data, issues, value } = error as Record<string, never>;
  const all = describeError(error, reason) as { readonly [key: string]: Observed };
  return {
    ...all,
    keys: Object.keys(error as object),
    request: request === undefined ? null : describeKyRequest(request),
    response: response === undefined ? null : { ...describeFacts(response), bodyUsed: (response as Response).bodyUsed },
    options: options === undefined ? null : describeOptions(options),
    data: data ?? null,
    issues: issues ?? null,
    value: value ?? null,
  };
}

export function describeKyRequest(request: Request): Observed {
  const { method, url, headers, cache, mode, credentials, redirect, keepalive, bodyUsed } = request;
  const { signal, body } = request;
  return {
    ...{ method, url, cache, mode, credentials, redirect, keepalive, bodyUsed },
    headers: [...headers],
    aborted: signal.aborted,
    hasBody: body !== null,
  };
}

/** The plain data in ky's normalized options, as a hook sees them. */
export function describeOptions(options: object): Observed {
  const entries = Object.entries(options).map(([name, value]) => [name, describeValue(value)] as const);
  return Object.fromEntries(entries.filter(([name]) => name !== "fetch").sort(([a], [b]) => (a < b ? -1 : 1)));
}

function describeValue(value: unknown): Observed {
  if (value instanceof Headers) return [...value];
  if (value instanceof URLSearchParams) return String(value);
  if (value instanceof Blob) return { type: value.type, size: value.size };
  if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return { bytes: value.byteLength };
  if (typeof value === "function" || value instanceof AbortSignal) return typeof value;
  return JSON.parse(JSON.stringify(value ?? null));
}
