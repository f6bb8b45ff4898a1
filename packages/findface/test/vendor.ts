import { fastRetry, shows } from "@vms-tooling/testing";
import nock from "nock";
import {
  createFindFaceSession,
  type FindFaceFaceOptions,
  type FindFaceOptions,
  type FindFaceSession,
  type FindFaceUser,
} from "../src/index.ts";

export const host = "https://findface.acme.example";

/** Secrets that no error may contain. */
export const username = "operator";
export const password = "canary-pässword-81";
export const token1 = "canary-token-1";
export const token2 = "canary-token-2";
export const faceToken = "canary-face-token";
export const face = "canary-video-of-a-face";
/** Base64 of the UTF-8 bytes of both. */
export const basic: string = Buffer.from(`${username}:${password}`, "utf8").toString("base64");

export const uuid = "5f1c7d7e-device";

/** The time of the tests. */
export const START: number = Date.UTC(2030, 0, 1);

export function newSession(options: Partial<FindFaceOptions> = {}): FindFaceSession {
  return createFindFaceSession({
    baseUrl: host,
    credentials: { username, password },
    uuid,
    retry: fastRetry,
    now: () => START,
    ...options,
  });
}

/** A session by the face alone, whose user is the one of the vendor's example. */
export function newFaceSession(options: Partial<FindFaceFaceOptions> = {}): FindFaceSession {
  return createFindFaceSession({
    baseUrl: host,
    credentials: { username: user.name },
    face: new Blob([face], { type: "video/webm;codecs=vp9" }),
    uuid,
    retry: fastRetry,
    now: () => START,
    ...options,
  });
}

/** The user of the vendor's example. */
export const user: FindFaceUser = {
  id: 0,
  active: false,
  created_date: "1970-01-01T00:00:00.000Z",
  groups: [0],
  modified_date: "1970-01-01T00:00:00.000Z",
  permissions: ["string"],
  real_name: "AAAAAA",
  name: "AAAAAA",
  comment: "AAAAAA",
  camera_group_permissions: {},
  watch_list_permissions: {},
  group_permissions: {},
  primary_group: 0,
  language: "en-us",
  has_face: false,
  face_cover: "AAAAAA",
  ad_user: false,
};

/** An accepted login, as documented. */
export function accepted(token: string = token1, end: string = "2030-06-30T00:00:00.000Z"): Record<string, unknown> {
  return { token, user, token_expiration_datetime: end };
}

/** An error, as observed in a client. */
export function refusal(code: string, desc: string, more: object = {}): Record<string, unknown> {
  return { traceback: "", code, desc, ...more };
}

/** Expects one login and answers it. */
export function onLogin(status: number, body: nock.Body, headers?: nock.ReplyHeaders): nock.Scope {
  return nock(host)
    .post("/auth/login/", { uuid, mobile: false, device_info: {} })
    .matchHeader("authorization", `Basic ${basic}`)
    .reply(status, body, headers);
}

/** Expects one video of a face, answers it, and returns its form and headers. */
export function onFace(path: "video-auth" | "video-auth-renew", status: number, body?: nock.Body): Shown {
  const shown = { fields: {}, video: undefined, headers: {} } as Mutable<Shown>;
  nock(host)
    .post(`/auth/${path}/`)
    .reply(async (request: Request) => {
      shown.headers = Object.fromEntries(request.headers);
      const form = await request.formData();
      shown.video = form.get("video") as File;
      form.delete("video");
      shown.fields = Object.fromEntries(form);
      return [status, body];
    });
  return shown;
}

/** The request that sent a video. */
export interface Shown {
  readonly fields: Record<string, unknown>;
  readonly video: File | undefined;
  readonly headers: Record<string, unknown>;
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** Expects one data call with a token. */
export function onMe(token: string): nock.Interceptor {
  return nock(host).get("/users/me/").matchHeader("authorization", `Token ${token}`);
}

/** Whether a value contains a secret. */
export function showsSecret(value: unknown): boolean {
  return shows(value, [password, basic, token1, token2, faceToken, face]);
}
