import { parseWith, type Schema } from "@vms/core";
import * as z from "zod/mini";

/** Who signed in. No secret: it is shown. Keys beyond these survive. */
export interface YourVendorUser {
  readonly username: string;
}

/** The secret of a session: whatever calls need. Plain JSON, as a store keeps it. */
export interface YourVendorData {
  readonly token: string;
}

/** The answer to a login. */
export interface LoginAnswer {
  readonly token: string;
}

const text = z.string().check(z.refine((value) => value !== ""));

/** The documented shape of the answer to a login: what is used of it, and no more. */
export const loginSchema: Schema<LoginAnswer> = z.looseObject({ token: text });

const dataSchema: Schema<YourVendorData> = z.looseObject({ token: text });

/**
 * Checks what a store gave back.
 * @throws {UnexpectedResponse} with the paths that were wrong.
 */
export function parseData(data: unknown): YourVendorData {
  return parseWith(dataSchema, data, "your-vendor", "the stored session");
}
