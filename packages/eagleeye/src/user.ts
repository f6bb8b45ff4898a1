import type { Schema } from "@vms/core/flow";
import * as v from "valibot";

/**
 * The user in the response to authorize, with the vendor's names. Undocumented keys are kept. Flags are 1 or 0.
 *
 * All keys except `id` and `active_brand_subdomain` can be missing. A value of another type than the documented one is
 * omitted, so that it does not fail the login.
 * @see Eagle Eye Networks API, "Step 2: Authorize"
 */
export interface EagleEyeUser {
  /** The id of the user. */
  readonly id: string;
  /** The subdomain of `eagleeyenetworks.com` that calls go to. */
  readonly active_brand_subdomain: string;
  /** The id of the user, under another key. */
  readonly user_id?: string | null | undefined;
  /** Another id of the user. */
  readonly uid?: string | null | undefined;
  /** The e-mail address. */
  readonly email?: string | null | undefined;
  /** A second e-mail address. */
  readonly alternate_email?: string | null | undefined;
  /** The user's first name. */
  readonly first_name?: string | null | undefined;
  /** The user's last name. */
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
  /** A phone number. */
  readonly phone?: string | null | undefined;
  /** A mobile phone number. */
  readonly mobile_phone?: string | null | undefined;
  /** The phone number for text messages. */
  readonly sms_phone?: string | null | undefined;
  /** The lines of the street in the postal address. */
  readonly street?: readonly string[] | undefined;
  /** The city in the postal address. */
  readonly city?: string | null | undefined;
  /** The state or province in the postal address. */
  readonly state?: string | null | undefined;
  /** The postal code in the postal address. */
  readonly postal_code?: string | null | undefined;
  /** The country in the postal address. */
  readonly country?: string | null | undefined;
  /** Settings of the vendor's applications, as a JSON string. */
  readonly json?: string | null | undefined;
  /** The ids of the user's layouts. */
  readonly layouts?: readonly string[] | undefined;
  /** Lines of the account map. Their form is not documented. */
  readonly account_map_lines?: unknown;
  /** Pairs of a camera's id and the user's permissions for it, as letters. */
  readonly camera_access?: readonly (readonly [id: string, permissions: string])[] | undefined;
  /** When notifications are sent: `weekday-hhmm-hhmm`. */
  readonly notify_period?: readonly string[] | undefined;
  /** How notifications are sent. */
  readonly notify_rule?: readonly string[] | undefined;
  /** When the user may sign in, in the form of `notify_period`. */
  readonly access_period?: readonly string[] | undefined;
  /** 1 if the user is active. */
  readonly is_active?: number | undefined;
  /** 1 if the user is pending. */
  readonly is_pending?: number | undefined;
  /** 1 if the account has a brand. */
  readonly is_branded?: number | undefined;
  /** 1 if the user is a master user. */
  readonly is_master?: number | undefined;
  /** 1 if the user belongs to the vendor's staff. */
  readonly is_staff?: number | undefined;
  /** 1 if the user is a superuser. */
  readonly is_superuser?: number | undefined;
  /** 1 if the user is a superuser of the account. */
  readonly is_account_superuser?: number | undefined;
  /** 1 if the user may manage users. */
  readonly is_user_admin?: number | undefined;
  /** 1 if the user may manage devices. */
  readonly is_device_admin?: number | undefined;
  /** 1 if the user may manage layouts. */
  readonly is_layout_admin?: number | undefined;
  /** 1 if the user may see live video. */
  readonly is_live_video?: number | undefined;
  /** 1 if the user may see recorded video. */
  readonly is_recorded_video?: number | undefined;
  /** 1 if the user may export video. */
  readonly is_export_video?: number | undefined;
  /** 1 if notifications are enabled. */
  readonly is_notify_enable?: number | undefined;
  /** 1 if notifications by `sms` include a picture. */
  readonly is_sms_include_picture?: number | undefined;
}

/** A value of a type; any other value becomes undefined. */
const lenient = <T>(is: (value: unknown) => value is T) => v.fallback(v.optional(v.custom<T>(is)), undefined);
const isText = (value: unknown) => typeof value === "string";
const isNumber = (value: unknown): value is number => Number.isFinite(value);
const isList = (value: unknown): value is string[] => Array.isArray(value) && value.every(isText);

const required = v.pipe(v.string(), v.nonEmpty());
const text = lenient((value) => value === null || isText(value));
const texts = lenient(isList);
const flag = lenient(isNumber);
const pairs = lenient(
  (value): value is [string, string][] =>
    Array.isArray(value) && value.every((pair) => isList(pair) && pair.length === 2),
);

/** The user, without values of an undocumented type. */
export const userSchema: Schema<EagleEyeUser> = v.looseObject({
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
