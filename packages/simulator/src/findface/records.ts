import type { OpenSession } from "../sessions.ts";
import type { FindFaceAccount } from "./options.ts";

/** The device of a session. */
export interface Device {
  readonly id: string | number;
  readonly uuid: string;
  readonly mobile: boolean;
  readonly deviceInfo: object;
  /** `false` until the second factor arrives. */
  active: boolean;
  /** An administrator has blocked the device: the session has ended but is still listed. */
  blocked: boolean;
}

/** All permissions. */
export const allPermissions: readonly string[] = ["view_user", "view_session", "delete_session", "view_cameragroup"];

/** The user object of an account. */
export function userOf(account: FindFaceAccount, id: number, time: (at: number) => string): object {
  return {
    id,
    active: account.active ?? true,
    created_date: time(Date.UTC(2024, 2, 11, 9, 30)),
    groups: [2],
    modified_date: time(Date.UTC(2025, 0, 20, 14, 5)),
    permissions: account.permissions ?? allPermissions,
    real_name: "Robin Doe",
    name: account.username,
    comment: "Made up for the simulator",
    camera_group_permissions: { "1": "view" },
    watch_list_permissions: { "3": "edit" },
    group_permissions: { "2": "view" },
    primary_group: 2,
    language: account.language ?? "en-us",
    has_face: account.face !== undefined,
    face_cover: account.face === undefined ? null : "covers/robin.jpg",
    ad_user: false,
  };
}

/** A session in the list for administrators. */
export interface SessionRecord {
  readonly id: string | number;
  readonly status: "blocked" | "offline" | "online";
  readonly active: boolean;
  readonly uuid: string;
  readonly mobile: boolean;
  readonly device_info: object;
  readonly ip: string;
  readonly last_ping_date: string;
  readonly user__username: string;
  readonly created_date: string;
  readonly user_id: number;
}

export function sessionRecord(
  session: OpenSession<Device>,
  userId: number,
  isOnline: boolean,
  time: (at: number) => string,
): SessionRecord {
  const { id, uuid, mobile, deviceInfo, active, blocked } = session.data;
  return {
    id,
    status: blocked ? "blocked" : isOnline ? "online" : "offline",
    active,
    uuid,
    mobile,
    device_info: deviceInfo,
    ip: "192.0.2.17",
    last_ping_date: time(session.lastUsedAt),
    user__username: session.username,
    created_date: time(session.openedAt),
    user_id: userId,
  };
}
