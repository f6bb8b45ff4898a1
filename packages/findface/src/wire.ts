import { parseTimestamp, parseWith, type Schema } from "@vms/core";
import * as z from "zod/mini";

/** A user of FindFace Multi, as the login answers. Dates are ISO 8601 with a zone. Keys beyond these survive. */
export interface FindFaceUser {
  readonly id: number;
  readonly active: boolean;
  readonly created_date: string;
  readonly modified_date: string;
  /** Ids of the groups that the user is in. */
  readonly groups?: readonly number[];
  readonly permissions: readonly string[];
  readonly real_name: string;
  readonly name: string;
  readonly comment?: string;
  /** A permission by the id of a camera group. */
  readonly camera_group_permissions: Readonly<Record<string, string>>;
  /** A permission by the id of a watch list. */
  readonly watch_list_permissions: Readonly<Record<string, string>>;
  /** A permission by the id of a user group. */
  readonly group_permissions: Readonly<Record<string, string>>;
  readonly primary_group: number;
  /** Documented: `en-us`, `es` and `ru`. A further one does not hinder signing in. */
  readonly language?: string;
  /** Whether there is a photo of the user. */
  readonly has_face: boolean;
  readonly face_cover?: string | null;
  /** Whether the user comes from Active Directory. */
  readonly ad_user: boolean;
}

/** What authenticates calls, and the device that it was given to. */
export interface FindFaceData {
  /** The secret. */
  readonly token: string;
  /** Outlives the session: the next login names the same device. */
  readonly uuid: string;
}

/** The answer to a login. */
export interface LoginAnswer {
  readonly token: string;
  readonly user: FindFaceUser;
  readonly token_expiration_datetime: string;
}

/** The answer to a renewal by the face: the token stays. */
export type RenewAnswer = Omit<LoginAnswer, "token">;

/** The body of an error. Seen, not documented. */
export interface ErrorBody {
  readonly code: string;
  readonly desc?: string | null | undefined;
  readonly param?: string | null | undefined;
}

const text = z.string().check(z.refine((value) => value !== ""));
// Not `z.int()` and `z.record()`, which bring far more code along.
export const integer: z.ZodMiniCustom<number> = z.custom<number>(Number.isSafeInteger);
const permissions = z.catchall(z.object({}), z.string());

const userSchema = z.looseObject({
  id: integer,
  active: z.boolean(),
  created_date: z.string(),
  modified_date: z.string(),
  groups: z.exactOptional(z.array(integer)),
  permissions: z.array(z.string()),
  real_name: z.string(),
  name: z.string(),
  comment: z.exactOptional(z.string()),
  camera_group_permissions: permissions,
  watch_list_permissions: permissions,
  group_permissions: permissions,
  primary_group: integer,
  language: z.exactOptional(z.string()),
  has_face: z.boolean(),
  face_cover: z.exactOptional(z.nullable(z.string())),
  ad_user: z.boolean(),
});

const end = z.string().check(z.refine((value) => parseTimestamp(value) !== undefined));

/** The documented shape of the answer to `POST /auth/login/`, and to `POST /auth/video-auth/`. */
export const loginSchema: Schema<LoginAnswer> = z.looseObject({
  token: text,
  user: userSchema,
  token_expiration_datetime: end,
});

/** The documented shape of the answer to `POST /auth/video-auth-renew/`. */
export const renewSchema: Schema<RenewAnswer> = z.looseObject({ user: userSchema, token_expiration_datetime: end });

/** The part of a face authorization's answer that matters where the password is still to come. */
export const inactiveSchema: Schema<Pick<LoginAnswer, "token">> = z.looseObject({ token: text });

/** The shape of an error's body, as far as it is looked at. */
export const errorSchema: Schema<ErrorBody> = z.looseObject({
  code: text,
  desc: z.exactOptional(z.nullable(z.string())),
  param: z.exactOptional(z.nullable(z.string())),
});

/** The code by which the vendor refuses for want of a license: neither the password nor the session is wrong then. */
export const LICENSE_ERROR = "LICENSE_ERROR";

/** How much of an answer is looked at for that code, in bytes. */
export const ERROR_BODY_LIMIT = 16_384;

/** Whether an error's body is about the license. */
export function isLicenseError(body: unknown): boolean {
  return typeof body === "object" && body !== null && "code" in body && body.code === LICENSE_ERROR;
}

const dataSchema: Schema<FindFaceData> = z.looseObject({ token: text, uuid: text });

/** Checks what a store gave back. */
export function parseData(data: unknown): FindFaceData {
  return parseWith(dataSchema, data, "findface", "the stored session");
}
