import { type Schema, validate } from "@vms/core/flow";
import * as v from "valibot";
import { parseExpiresAt } from "./expires-at.ts";

/** A permission of an administrator. */
export interface AdminPermission {
  /** The id of the permission. */
  readonly id: number;
  /** The name of the permission in the API. */
  readonly name: string;
  /** The name of the permission as people see it. */
  readonly display_name?: string | null;
  /** The group that the permission belongs to. */
  readonly group?: string | null;
}

/** A group of cameras that an administrator is responsible for. */
export interface AdminCameraGroup {
  /** The id of the group. */
  readonly id: number;
  /** The name of the group. */
  readonly name: string;
  /** The vendor's full, readable name of the group. */
  readonly full_pretty?: string | null;
  /** The vendor's sample has 0. */
  readonly is_house?: number | boolean | null;
  /** How many cameras the group has. */
  readonly cameras_count?: number | null;
  /** The id of the group above it. */
  readonly parent_id?: number | null;
  /** The id that the vendor calls `csa`. */
  readonly csa_id?: number | null;
  /** How many intercoms the group has. */
  readonly intercoms_count?: number | null;
}

/**
 * The administrator who signed in. Times are `YYYY-MM-DD HH:mm:ss`, without a zone. Undocumented keys are kept.
 * The vendor does not document which keys are always present: `id` and `login` are.
 */
export interface AdminUser {
  /** The id of the administrator. */
  readonly id: number;
  /** The name that the administrator signs in with. */
  readonly login: string;
  /** The name of the administrator as people see it. */
  readonly name?: string | null;
  /** When the account was created. */
  readonly created_at?: string | null;
  /** When the account was last changed. */
  readonly updated_at?: string | null;
  /** When the account expires; `null` if it does not. */
  readonly expired_at?: string | null;
  /** Whether the limit of the installation's license is reached. */
  readonly is_licence_limit_reached?: boolean | null;
  /** What the administrator may do. */
  readonly permissions?: readonly AdminPermission[] | null;
  /** The priority of the administrator in the control of PTZ cameras. */
  readonly ptz_priority?: number | null;
  /** The groups of cameras that the administrator is responsible for. */
  readonly admin_camera_groups?: readonly AdminCameraGroup[] | null;
  /** The vendor documents no example. */
  readonly dhcp_subnet_groups?: readonly unknown[] | null;
  /** The id of the access token. It is not the token. */
  readonly access_token_id?: number | string | null;
}

/** The secret of a session: the token without its scheme. */
export interface AdminTokenData {
  readonly token: string;
}

/** The response to a login. */
export interface LoginAnswer {
  readonly user: AdminUser;
  readonly expires_at: string;
  readonly access_token: string;
}

/** The body of a 422. */
export interface ValidationBody {
  readonly message?: string | undefined;
  readonly errors?: Readonly<Record<string, unknown>> | undefined;
}

const integer = v.custom<number>(Number.isSafeInteger);
const maybe = <T extends v.GenericSchema>(schema: T) => v.exactOptional(v.nullable(schema));
const maybeText = maybe(v.string());
const maybeNumber = maybe(v.number());

const permissionSchema = v.looseObject({
  id: integer,
  name: v.string(),
  display_name: maybeText,
  group: maybeText,
});

const cameraGroupSchema = v.looseObject({
  id: integer,
  name: v.string(),
  full_pretty: maybeText,
  is_house: maybe(v.custom<number | boolean>((value) => Number.isFinite(value) || typeof value === "boolean")),
  cameras_count: maybeNumber,
  parent_id: maybeNumber,
  csa_id: maybeNumber,
  intercoms_count: maybeNumber,
});

const adminSchema = v.looseObject({
  id: integer,
  login: v.string(),
  name: maybeText,
  created_at: maybeText,
  updated_at: maybeText,
  expired_at: maybeText,
  is_licence_limit_reached: maybe(v.boolean()),
  permissions: maybe(v.array(permissionSchema)),
  ptz_priority: maybeNumber,
  admin_camera_groups: maybe(v.array(cameraGroupSchema)),
  dhcp_subnet_groups: maybe(v.array(v.unknown())),
  access_token_id: maybe(v.custom<number | string>((value) => Number.isFinite(value) || typeof value === "string")),
});

/** An administrator in the response to a login and to `GET /api/admin/v1/admins/{id}`. */
export const userSchema: Schema<AdminUser> = adminSchema;

/** The documented response to `POST /api/admin/v1/auth/token`. `timeZone` is the zone of its expiry. */
export function loginSchema(timeZone: string): Schema<LoginAnswer> {
  return v.looseObject({
    user: adminSchema,
    expires_at: v.pipe(
      v.string(),
      v.check((text) => parseExpiresAt(text, timeZone) !== undefined),
    ),
    access_token: v.pipe(
      v.string(),
      v.check((text) => bareToken(text) !== ""),
    ),
  });
}

/**
 * The token without a leading `Bearer`.
 *
 * An assumption: the word `Bearer` before the token in the vendor's sample is not part of the token. In `@vms/simulator`: `tokenWithPrefix`.
 */
export function bareToken(text: string): string {
  return text.replace(/^Bearer( |$)/i, "").trim();
}

/** The body of a 422. A value of another type counts as absent, because the status is sufficient. */
export const validationSchema: Schema<ValidationBody> = v.looseObject({
  message: v.fallback(v.optional(v.string()), undefined),
  errors: v.fallback(v.optional(v.record(v.string(), v.unknown())), undefined),
});

const dataSchema: Schema<AdminTokenData> = v.looseObject({
  token: v.pipe(v.string(), v.nonEmpty()),
});

/** Validates the data of a stored session. */
export function parseData(data: unknown): AdminTokenData {
  return validate(dataSchema, data, "admin-token", "the stored session");
}
