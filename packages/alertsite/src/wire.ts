import { type Schema, validate } from "@vms/core/flow";
import * as v from "valibot";

/** The user who signed in. The vendor returns only the login. */
export interface AlertSiteUser {
  /** The login in the vendor's spelling: an e-mail address. */
  readonly login: string;
}

/** The secret of a session. Each call carries both parts. */
export interface AlertSiteData {
  readonly login: string;
  readonly session: string;
}

/** The result of a request, in `metadata`. */
export interface Outcome {
  /** 0 is success. */
  readonly status: number;
  /** The vendor's message, usually a string. */
  readonly message?: unknown;
}

/** The part of every response that contains the result. */
export interface Envelope {
  readonly metadata: Outcome;
}

/** An accepted login. */
export interface Accepted {
  readonly metadata: { readonly login?: string | undefined; readonly session: string };
}

const text = v.pipe(v.string(), v.nonEmpty());

// Documented as a string ("40"); a number is accepted too.
const code = v.pipe(
  v.custom<string | number>((value) =>
    typeof value === "string" ? /^\s*-?\d{1,9}\s*$/.test(value) : Number.isSafeInteger(value),
  ),
  v.transform(Number),
);

/** The envelope of the response to a login or a call. */
export const statusSchema: Schema<Envelope> = v.looseObject({
  metadata: v.looseObject({ status: code }),
});

/** The response to a login with the status 0. */
export const acceptedSchema: Schema<Accepted> = v.looseObject({
  metadata: v.looseObject({ login: v.optional(text), session: text }),
});

const dataSchema: Schema<AlertSiteData> = v.looseObject({ login: text, session: text });

/**
 * Validates the data of a stored session.
 * @throws {UnexpectedResponse} `unexpected_response` if the data does not match. `paths` has the invalid fields.
 */
export function parseData(data: unknown): AlertSiteData {
  return validate(dataSchema, data, "alertsite", "the stored session");
}

/** `metadata.status` in the body of a call as a number; `undefined` if the body has none. */
export function statusOf(body: unknown): number | undefined {
  const result = statusSchema["~standard"].validate(body);
  return "value" in result && result.issues === undefined ? result.value.metadata.status : undefined;
}
