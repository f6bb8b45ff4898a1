import type { Context } from "hono";
import type { VendorEnv } from "./vendor-server.ts";

/** An object of unknown values: what comes from outside before anybody has looked at it. */
export type Fields = Record<string, unknown>;

export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The object in a JSON body, or nothing when the body is something else. */
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

/** The fields of a JSON or a form body. Nothing when it is neither, or broken. */
export async function readFields(c: Context<VendorEnv>): Promise<Fields | undefined> {
  const type = mediaType(c);
  const text = await c.req.text();
  if (type === "application/json") return parseFields(text);
  if (type === "application/x-www-form-urlencoded") return Object.fromEntries(new URLSearchParams(text));
  // Some clients forget the type. What is in the body tells.
  return parseFields(text);
}

/** The value of one request cookie. */
export function readCookie(c: Context<VendorEnv>, name: string): string | undefined {
  for (const pair of (c.req.header("cookie") ?? "").split(";")) {
    const at = pair.indexOf("=");
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
  }
  return undefined;
}
