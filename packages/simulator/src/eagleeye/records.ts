/** The account of every user, and a sub-account to switch to. */
export const accountIds = ["00061203", "00061987"] as const;

/** Made-up accounts, as positional arrays. */
export const accountList: readonly (readonly unknown[])[] = [
  [accountIds[0], "Acme Logistics", 1, 1, 0],
  [accountIds[1], "Acme Depot South", 1, 1, 0],
];

/** A user of the list, as a positional array. */
export function listedUser({
  id,
  first_name: first,
  last_name: last,
  email,
  last_login: login,
}: EagleEyeUser): unknown[] {
  return [id, first, last, email, ["account_superuser", "user_admin", "device_admin", "active"], login];
}

export interface EagleEyeUser {
  readonly id: string;
  readonly first_name: string;
  readonly last_name: string;
  readonly email: string;
  readonly last_login: string | null;
  readonly [key: string]: unknown;
}

/** The id of the user with this index among the accounts. */
const userId = (index: number): string => (0xca07b2e9 + index).toString(16);

/** The user object. `activeAccount` is the account after a switch. `lastLogin` is 0 before the first login. */
export function userOf(
  username: string,
  index: number,
  activeAccount: string,
  brand: string,
  lastLogin: number,
): EagleEyeUser {
  return {
    is_sms_include_picture: 0,
    last_name: "Doe",
    uid: "",
    is_export_video: 1,
    layouts: ["6c1d1f0a-0b52-11ef-9f3c-2a5b6c7d8e9f"],
    account_map_lines: null,
    postal_code: null,
    is_account_superuser: 1,
    timezone: "Europe/Lisbon",
    active_brand_subdomain: brand,
    sms_phone: null,
    city: null,
    first_name: "Robin",
    user_id: userId(index),
    is_notify_enable: 1,
    owner_account_id: accountIds[0],
    json: "{}",
    id: userId(index),
    is_superuser: 0,
    state: null,
    last_login: lastLogin === 0 ? null : timestamp(lastLogin),
    is_recorded_video: 1,
    camera_access: [
      ["100be3f2", "r"],
      ["100c9d05", "r"],
    ],
    notify_period: ["0-0000-2359", "6-0000-2359"],
    email: username,
    utc_offset: 0,
    mobile_phone: null,
    street: [],
    notify_rule: ["one-email-0"],
    is_active: 1,
    is_user_admin: 1,
    phone: null,
    is_layout_admin: 1,
    is_live_video: 1,
    is_device_admin: 1,
    is_branded: 1,
    alternate_email: null,
    active_account_id: activeAccount,
    access_period: [],
    is_staff: 0,
    country: "PT",
    is_master: 0,
    is_pending: 0,
  };
}

/** `YYYYMMDDHHmmss.sss`. */
function timestamp(at: number): string {
  return new Date(at).toISOString().replaceAll(/[-:TZ]/g, "");
}
