import type { Context } from "hono";
import type { VendorEnv } from "./vendor-server.ts";

/** An object of unknown values from outside. */
export type Fields = Record<string, unknown>;

export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The object in a JSON body, or `undefined` for any other body. */
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

export function mediaType(c: Context<VendorEnv>): string {
  return (c.req.header("content-type") ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? "";
}

/** The fields of a JSON or form body, or `undefined` for any other body. */
export async function readFields(c: Context<VendorEnv>): Promise<Fields | undefined> {
  const type = mediaType(c);
  const text = await c.req.text();
  if (type === "application/json") return parseFields(text);
  if (type === "application/x-www-form-urlencoded") return Object.fromEntries(new URLSearchParams(text));
  // Some clients send no type: try JSON.
  return parseFields(text);
}
