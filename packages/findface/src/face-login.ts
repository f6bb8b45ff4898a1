import { type FlowContext, InvalidCredentials, type Login, parseTimestamp } from "@vms/core";
import { errorOf } from "./errors.ts";
import { type FaceSource, takeVideo } from "./face-video.ts";
import type { FindFaceSettings } from "./options.ts";
import { type FindFaceData, type FindFaceUser, inactiveSchema, loginSchema, renewSchema } from "./wire.ts";

type Context = FlowContext<FindFaceData, FindFaceUser>;

/** The requests that send the video of a face. */
export interface FaceLogin {
  /** Signs in by the face alone. */
  login(context: Context, uuid: string): Promise<Login<FindFaceData, FindFaceUser>>;
  /** Requests the inactive token that a login by password then sends. */
  authorize(context: Context, uuid: string): Promise<string>;
  /** Extends a session: its token stays the same. */
  extend(context: Context, data: FindFaceData): Promise<Login<FindFaceData, FindFaceUser>>;
}

/** @param headers request the language of the vendor's messages. */
export function createFaceLogin(
  face: FaceSource,
  settings: FindFaceSettings,
  headers: Record<string, string>,
): FaceLogin {
  async function formOf(context: Context, fields: Record<string, string>): Promise<FormData> {
    const { blob, name } = await takeVideo(face, context);
    const form = new FormData();
    for (const [field, value] of Object.entries(fields)) form.set(field, value);
    form.set("video", blob, name);
    return form;
  }

  async function sendFace(context: Context, uuid: string) {
    const device = { uuid, mobile: String(settings.mobile), device_info: JSON.stringify(settings.deviceInfo) };
    return context.send("auth/video-auth/", { headers, body: await formOf(context, device) });
  }

  return {
    async login(context, uuid) {
      const answer = await sendFace(context, uuid);
      if (!answer.ok) throw errorOf(answer, redactSentence(context), "face");
      const { token, user, token_expiration_datetime: end } = answer.json(loginSchema);
      if (user.name !== context.account) {
        await context.send("auth/logout/", { headers: { ...headers, ...tokenHeader(token) } }).catch(() => {});
        throw new InvalidCredentials(
          "findface",
          "the face is of another user than `credentials` names. Show the right face, or write the vendor's `name` " +
            "of the user as `username`; then call `session.renew()`.",
        );
      }
      return { data: { token, uuid }, user, expiresAt: parseTimestamp(end) };
    },

    async authorize(context, uuid) {
      const answer = await sendFace(context, uuid);
      if (!answer.ok) throw errorOf(answer, redactSentence(context), "face_first");
      return answer.json(inactiveSchema).token;
    },

    async extend(context, data) {
      const answer = await context.send("auth/video-auth-renew/", {
        headers: { ...headers, ...tokenHeader(data.token) },
        body: await formOf(context, {}),
      });
      if (!answer.ok) throw errorOf(answer, redactSentence(context), "face");
      const { user, token_expiration_datetime: end } = answer.json(renewSchema);
      return { data, user, expiresAt: parseTimestamp(end) };
    },
  };
}

// A text of the vendor may quote the video, which cannot be redacted. So only a text of plain, short words is shown.
const redactSentence = (context: Context) => (text: string) => {
  const words =
    text.length <= 160 && /^[\p{L}\p{N}\p{P} ]*$/u.test(text) && text.split(" ").every((word) => word.length <= 24);
  return words ? context.redact(text) : "";
};

/** The header that authenticates a request. */
export function tokenHeader(token: string): { authorization: string } {
  return { authorization: `Token ${token}` };
}
