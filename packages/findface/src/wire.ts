import { parseTimestamp, type Schema, validate } from "@vms/core/flow";
import * as v from "valibot";

/** A user of FindFace Multi, as in the response to a login. Dates are ISO 8601 with a zone. Undocumented keys are kept. */
export interface FindFaceUser {
  /** The id of the user. */
  readonly id: number;
  /** Whether the user may sign in. */
  readonly active: boolean;
  /** When the user was created. */
  readonly created_date: string;
  /** When the user was last changed. */
  readonly modified_date: string;
  /** The ids of the user's groups. */
  readonly groups?: readonly number[];
  /** The user's permissions. */
  readonly permissions: readonly string[];
  /** The person's name. */
  readonly real_name: string;
  /** The name that the user signs in with. */
  readonly name: string;
  /** A note about the user. */
  readonly comment?: string;
  /** A permission by the id of a camera group. */
  readonly camera_group_permissions: Readonly<Record<string, string>>;
  /** A permission by the id of a watch list. */
  readonly watch_list_permissions: Readonly<Record<string, string>>;
  /** A permission by the id of a user group. */
  readonly group_permissions: Readonly<Record<string, string>>;
  /** The id of the user's main group. */
  readonly primary_group: number;
  /** Documented: `en-us`, `es` and `ru`. Other values are accepted. */
  readonly language?: string;
  /** Whether the vendor has a photo of the user. */
  readonly has_face: boolean;
  /** The photo of the user, if there is one. */
  readonly face_cover?: string | null;
  /** Whether the user comes from Active Directory. */
  readonly ad_user: boolean;
}

/** The secret of a session, and the device that it belongs to. */
export interface FindFaceData {
  /** The secret that authenticates calls. */
  readonly token: string;
  /** The name of the device. The next login uses the same one. */
  readonly uuid: string;
}

/** The response to a login. */
export interface LoginAnswer {
  readonly token: string;
  readonly user: FindFaceUser;
  readonly token_expiration_datetime: string;
}

/** The response to a renewal by face: the token stays the same. */
export type RenewAnswer = Omit<LoginAnswer, "token">;

/** The body of an error. Observed, not documented. */
export interface ErrorBody {
  readonly code: string;
  readonly desc?: string | null | undefined;
  readonly param?: string | null | undefined;
}

const text = v.pipe(v.string(), v.nonEmpty());
export const integer: v.CustomSchema<number, undefined> = v.custom<number>(Number.isSafeInteger);
const permissions = v.record(v.string(), v.string());

const userSchema = v.looseObject({
  id: integer,
  active: v.boolean(),
  created_date: v.string(),
  modified_date: v.string(),
  groups: v.exactOptional(v.array(integer)),
  permissions: v.array(v.string()),
  real_name: v.string(),
  name: v.string(),
  comment: v.exactOptional(v.string()),
  camera_group_permissions: permissions,
  watch_list_permissions: permissions,
  group_permissions: permissions,
  primary_group: integer,
  language: v.exactOptional(v.string()),
  has_face: v.boolean(),
  face_cover: v.exactOptional(v.nullable(v.string())),
  ad_user: v.boolean(),
});

const end = v.pipe(
  v.string(),
  v.check((value) => parseTimestamp(value) !== undefined),
);

/** The documented response to `POST /auth/login/` and to `POST /auth/video-auth/`. */
export const loginSchema: Schema<LoginAnswer> = v.looseObject({
  token: text,
  user: userSchema,
  token_expiration_datetime: end,
});

/** The documented response to `POST /auth/video-auth-renew/`. */
export const renewSchema: Schema<RenewAnswer> = v.looseObject({ user: userSchema, token_expiration_datetime: end });

/** The part of a face authorization's response that a following login by password needs. */
export const inactiveSchema: Schema<Pick<LoginAnswer, "token">> = v.looseObject({ token: text });

/** The parts of an error's body that are used. */
export const errorSchema: Schema<ErrorBody> = v.looseObject({
  code: text,
  desc: v.exactOptional(v.nullable(v.string())),
  param: v.exactOptional(v.nullable(v.string())),
});

/**
 * The code for a missing license: neither the password nor the session is wrong then.
 *
 * An assumption, seen in clients: `LICENSE_ERROR` comes with 401 or 403. In `@vms/simulator`: `licenseError`.
 */
export const LICENSE_ERROR = "LICENSE_ERROR";

/** How much of a response is searched for that code, in bytes. */
export const ERROR_BODY_LIMIT = 16_384;

/** Whether an error's body is about the license. */
export function isLicenseError(body: unknown): boolean {
  return typeof body === "object" && body !== null && "code" in body && body.code === LICENSE_ERROR;
}

const dataSchema: Schema<FindFaceData> = v.looseObject({ token: text, uuid: text });

/** Validates the data of a stored session. */
export function parseData(data: unknown): FindFaceData {
  return validate(dataSchema, data, "findface", "the stored session");
}
