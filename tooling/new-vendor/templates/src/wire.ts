import { type Schema, validate } from "@vms/core/flow";
import * as v from "valibot";

/** The user who signed in. It is public, so it contains no secret. */
export interface YourVendorUser {
  /** The name that the user signed in with. */
  readonly username: string;
}

/** The secret of a session, which calls need. Plain JSON, because a store keeps it. */
export interface YourVendorData {
  readonly token: string;
}

/** The response to a login. */
export interface LoginAnswer {
  readonly token: string;
}

const text = v.pipe(v.string(), v.nonEmpty());

/** The documented response to a login: only the parts that are used. */
export const loginSchema: Schema<LoginAnswer> = v.looseObject({ token: text });

const dataSchema: Schema<YourVendorData> = v.looseObject({ token: text });

/**
 * Validates the data of a stored session.
 * @throws {UnexpectedResponse} `unexpected_response` if the data does not match. `paths` has the invalid fields.
 */
export function parseData(data: unknown): YourVendorData {
  return validate(dataSchema, data, "your-vendor", "the stored session");
}
