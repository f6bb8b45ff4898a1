import type { Context } from "hono";
import type { VendorEnv } from "./vendor-server.ts";

/** An object from an untrusted body. */
export type Fields = Record<string, unknown>;

export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The object in a JSON body; `undefined` for any other body. */
export function parseFields(text: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isFields(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

export function isJson(c: Context<VendorEnv>): boolean {
  return mediaType(c) === "application/json";
}

function mediaType(c: Context<VendorEnv>): string {
  return (c.req.header("content-type") ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? "";
}

/** The fields of a `multipart/form-data` body; an empty form for any other body. */
export async function readMultipart(c: Context<VendorEnv>): Promise<FormData> {
  if (mediaType(c) !== "multipart/form-data") return new FormData();
  return c.req.formData().catch(() => new FormData());
}

/** The fields of a JSON body, whatever its content type: some clients send JSON as text. */
export async function readJson(c: Context<VendorEnv>): Promise<Fields | undefined> {
  return parseFields(await c.req.text());
}

/** The fields of a body in JSON or in either form encoding; `undefined` for any other body. */
export async function readFields(c: Context<VendorEnv>): Promise<Fields | undefined> {
  const type = mediaType(c);
  if (type === "multipart/form-data") return Object.fromEntries(await readMultipart(c));
  const text = await c.req.text();
  if (type === "application/json") return parseFields(text);
  if (type === "application/x-www-form-urlencoded") return Object.fromEntries(new URLSearchParams(text));
  // Some clients send JSON without a content type.
  return parseFields(text);
}
