import type { Schema } from "@vms/core/flow";
import * as z from "zod/mini";

/**
 * The user in the response to authorize, with the vendor's names. Undocumented keys are kept. Flags are 1 or 0.
 *
 * All keys except `id` and `active_brand_subdomain` can be missing. A value of another type than the documented one is
 * left out, so that it does not make the login fail.
 * @see Eagle Eye Networks API, "Step 2: Authorize"
 */
export interface EagleEyeUser {
  readonly id: string;
  /** The subdomain of `eagleeyenetworks.com` that calls go to. */
  readonly active_brand_subdomain: string;
  readonly user_id?: string | null | undefined;
  readonly uid?: string | null | undefined;
  readonly email?: string | null | undefined;
  readonly alternate_email?: string | null | undefined;
  readonly first_name?: string | null | undefined;
  readonly last_name?: string | null | undefined;
  /** The user's own account. */
  readonly owner_account_id?: string | null | undefined;
  /** The account that calls use. */
  readonly active_account_id?: string | null | undefined;
  /** For example `US/Pacific`. */
  readonly timezone?: string | null | undefined;
  /** Seconds east of UTC. */
  readonly utc_offset?: number | null | undefined;
  /** `YYYYMMDDhhmmss.mmm`, in UTC. */
  readonly last_login?: string | null | undefined;
  readonly phone?: string | null | undefined;
  readonly mobile_phone?: string | null | undefined;
  readonly sms_phone?: string | null | undefined;
  readonly street?: readonly string[] | undefined;
  readonly city?: string | null | undefined;
  readonly state?: string | null | undefined;
  readonly postal_code?: string | null | undefined;
  readonly country?: string | null | undefined;
  /** Settings of the vendor's applications, as a JSON string. */
  readonly json?: string | null | undefined;
  readonly layouts?: readonly string[] | undefined;
  readonly account_map_lines?: unknown;
  /** Pairs of a camera's id and the user's permissions for it, as letters. */
  readonly camera_access?: readonly (readonly [id: string, permissions: string])[] | undefined;
  /** When notifications are sent: `weekday-hhmm-hhmm`. */
  readonly notify_period?: readonly string[] | undefined;
  readonly notify_rule?: readonly string[] | undefined;
  /** When the user may sign in, in the form of `notify_period`. */
  readonly access_period?: readonly string[] | undefined;
  readonly is_active?: number | undefined;
  readonly is_pending?: number | undefined;
  readonly is_branded?: number | undefined;
  readonly is_master?: number | undefined;
  readonly is_staff?: number | undefined;
  readonly is_superuser?: number | undefined;
  readonly is_account_superuser?: number | undefined;
  readonly is_user_admin?: number | undefined;
  readonly is_device_admin?: number | undefined;
  readonly is_layout_admin?: number | undefined;
  readonly is_live_video?: number | undefined;
  readonly is_recorded_video?: number | undefined;
  readonly is_export_video?: number | undefined;
  readonly is_notify_enable?: number | undefined;
  readonly is_sms_include_picture?: number | undefined;
}

/** A value of a type; any other value becomes undefined. One function is far less code than zod's types. */
const lenient = <T>(is: (value: unknown) => value is T) =>
  z.transform((value: unknown) => (is(value) ? value : undefined));
const isText = (value: unknown) => typeof value === "string";
const isNumber = (value: unknown): value is number => Number.isFinite(value);
const isList = (value: unknown): value is string[] => Array.isArray(value) && value.every(isText);

const required = z.string().check(z.refine((value) => value !== ""));
const text = lenient((value) => value === null || isText(value));
const texts = lenient(isList);
const flag = lenient(isNumber);
const pairs = lenient(
  (value): value is [string, string][] =>
    Array.isArray(value) && value.every((pair) => isList(pair) && pair.length === 2),
);

/** The user, without values of an undocumented type. */
export const userSchema: Schema<EagleEyeUser> = z.looseObject({
  id: required,
  active_brand_subdomain: required,
  user_id: text,
  uid: text,
  email: text,
  alternate_email: text,
  first_name: text,
  last_name: text,
  owner_account_id: text,
  active_account_id: text,
  timezone: text,
  utc_offset: lenient((value) => value === null || isNumber(value)),
  last_login: text,
  phone: text,
  mobile_phone: text,
  sms_phone: text,
  street: texts,
  city: text,
  state: text,
  postal_code: text,
  country: text,
  json: text,
  layouts: texts,
  camera_access: pairs,
  notify_period: texts,
  notify_rule: texts,
  access_period: texts,
  is_active: flag,
  is_pending: flag,
  is_branded: flag,
  is_master: flag,
  is_staff: flag,
  is_superuser: flag,
  is_account_superuser: flag,
  is_user_admin: flag,
  is_device_admin: flag,
  is_layout_admin: flag,
  is_live_video: flag,
  is_recorded_video: flag,
  is_export_video: flag,
  is_notify_enable: flag,
  is_sms_include_picture: flag,
});
