import { decodeBase64 } from "../base64.ts";
import { isFields, parseFields } from "../request-body.ts";
import type { Message } from "./messages.ts";

/** The fields of a login. */
export interface LoginFields {
  readonly uuid: string;
  readonly mobile: boolean;
  readonly deviceInfo: object;
  readonly videoAuthToken: string | undefined;
}

/** An invalid parameter and its message. */
export interface Complaint {
  readonly param: string;
  readonly message: Message;
}

/** Reads the fields of a login; returns the first invalid one. */
export function readLogin(fields: Record<string, unknown>): LoginFields | Complaint {
  const { uuid, mobile = false, device_info: deviceInfo = {}, video_auth_token: videoAuthToken } = fields;
  if (uuid === undefined) return { param: "uuid", message: "required" };
  if (typeof uuid !== "string") return { param: "uuid", message: "wrongType" };
  if (uuid.length < 1 || uuid.length > 256) return { param: "uuid", message: "wrongLength" };
  if (typeof mobile !== "boolean") return { param: "mobile", message: "wrongType" };
  if (!isFields(deviceInfo)) return { param: "device_info", message: "wrongType" };
  if (videoAuthToken !== undefined && typeof videoAuthToken !== "string") {
    return { param: "video_auth_token", message: "wrongType" };
  }
  if (videoAuthToken === "") return { param: "video_auth_token", message: "wrongLength" };
  return { uuid, mobile, deviceInfo, videoAuthToken };
}

/** Reads the fields of a login from a form, in which all values are strings. */
export function readVideoLogin(form: FormData): LoginFields | Complaint {
  const info = form.get("device_info");
  const mobile = form.get("mobile");
  const fields: Record<string, unknown> = {};
  if (form.has("uuid")) fields.uuid = form.get("uuid");
  if (mobile !== null) fields.mobile = mobile === "true" ? true : mobile === "false" ? false : mobile;
  if (info !== null) fields.device_info = typeof info === "string" ? parseFields(info) : info;
  if (info !== null && fields.device_info === undefined) return { param: "device_info", message: "wrongType" };
  return readLogin(fields);
}

/** The bytes of the video, as a string. */
export async function readVideo(form: FormData): Promise<string | undefined> {
  const video = form.get("video");
  return video === null || typeof video === "string" ? undefined : await video.text();
}

/** The username and password of an `Authorization: Basic` header, in UTF-8. */
export function readBasic(header: string | undefined): { username: string; password: string } | undefined {
  const [, encoded] = /^Basic (\S+)$/i.exec(header ?? "") ?? [];
  if (encoded === undefined) return undefined;
  const pair = decodeBase64(encoded) ?? "";
  const at = pair.indexOf(":");
  return at < 0 ? { username: pair, password: "" } : { username: pair.slice(0, at), password: pair.slice(at + 1) };
}

/** The token of an `Authorization: Token` header. */
export function readToken(header: string | undefined): string | undefined {
  return /^Token (\S+)$/.exec(header ?? "")?.[1];
}
