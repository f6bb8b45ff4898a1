import { parseWith, type Schema } from "@vms/core";
import * as z from "zod/mini";

/** Who signed in. The vendor tells no more of the user than the login. */
export interface AlertSiteUser {
  /** The login as the vendor writes it: an e-mail address. */
  readonly login: string;
}

/** The secret of a session. Both parts go on each call. */
export interface AlertSiteData {
  readonly login: string;
  readonly session: string;
}

/** What `metadata` says of how a request went. */
export interface Outcome {
  /** 0 is success. */
  readonly status: number;
  /** The vendor's text, where it is one. */
  readonly message?: unknown;
}

/** The part of every answer that tells success from failure. */
export interface Envelope {
  readonly metadata: Outcome;
}

/** An accepted login. */
export interface Accepted {
  readonly metadata: { readonly login?: string | undefined; readonly session: string };
}

const text = z.string().check(z.refine((value) => value !== ""));

// Documented as text ("40"), and taken as a number too. One function is far less code to load than zod's union of kinds.
const code = z.transform((value: unknown, { issues }) => {
  if (typeof value === "string" ? /^\s*-?\d{1,9}\s*$/.test(value) : Number.isSafeInteger(value)) return Number(value);
  issues.push({ code: "custom", input: value });
  return z.NEVER;
});

/** The envelope of an answer, of a login or a call. */
export const statusSchema: Schema<Envelope> = z.looseObject({
  metadata: z.looseObject({ status: code }),
});

/** A login whose status is 0. */
export const acceptedSchema: Schema<Accepted> = z.looseObject({
  metadata: z.looseObject({ login: z.optional(text), session: text }),
});

const dataSchema: Schema<AlertSiteData> = z.looseObject({ login: text, session: text });

/**
 * Checks what a store gave back.
 * @throws {UnexpectedResponse} (`unexpected_response`) with the paths that were wrong.
 */
export function parseData(data: unknown): AlertSiteData {
  return parseWith(dataSchema, data, "alertsite", "the stored session");
}

/** `metadata.status` of a call's body as a number; `undefined` where the body has none. */
export function statusOf(body: unknown): number | undefined {
  const result = statusSchema["~standard"].validate(body);
  return "value" in result ? result.value.metadata.status : undefined;
}
