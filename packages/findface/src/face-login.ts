import { InvalidCredentials } from "@vms/core";
import { type FlowContext, type Login, parseTimestamp } from "@vms/core/flow";
import { errorOf } from "./errors.ts";
import { type FaceSource, takeVideo } from "./face-video.ts";
import type { FindFaceSettings } from "./options.ts";
import { type FindFaceData, type FindFaceUser, inactiveSchema, loginSchema, renewSchema } from "./wire.ts";

/** What a login keeps until it is over. */
export interface FindFaceDraft {
  /** A session that a face opened and that is not usable: it lacks the password, or it is another user's. */
  opened: FindFaceData;
}

export type FindFaceContext = FlowContext<FindFaceData, FindFaceUser, FindFaceDraft>;

/** The requests that send the video of a face. */
export interface FaceLogin {
  /** Signs in by the face alone. */
  login(context: FindFaceContext, uuid: string): Promise<Login<FindFaceData, FindFaceUser>>;
  /** Requests the inactive token that a login by password then sends. */
  authorize(context: FindFaceContext, uuid: string): Promise<string>;
  /** Extends a session: its token stays the same. */
  extend(context: FindFaceContext, data: FindFaceData): Promise<Partial<Login<FindFaceData, FindFaceUser>>>;
}

/** @param headers request the language of the vendor's messages. */
export function createFaceLogin(
  face: FaceSource,
  settings: FindFaceSettings,
  headers: Record<string, string>,
): FaceLogin {
  async function formOf(context: FindFaceContext, fields: Record<string, string>): Promise<FormData> {
    const { blob, name } = await takeVideo(face, context);
    const form = new FormData();
    for (const [field, value] of Object.entries(fields)) form.set(field, value);
    form.set("video", blob, name);
    return form;
  }

  async function sendFace(context: FindFaceContext, uuid: string) {
    const device = { uuid, mobile: String(settings.mobile), device_info: JSON.stringify(settings.deviceInfo) };
    return context.send("auth/video-auth/", { headers, body: await formOf(context, device) });
  }

  return {
    async login(context, uuid) {
      const response = await sendFace(context, uuid);
      if (!response.ok) throw errorOf(response, redactSentence(context), "face");
      const { token, user, token_expiration_datetime: end } = response.json(loginSchema);
      // An assumption: users sign in with their `name`.
      if (user.name !== context.account) {
        context.draft.opened = { token, uuid };
        throw new InvalidCredentials(
          "findface",
          "the face is of another user than `credentials` names. Show the right face, or write the vendor's `name` " +
            "of the user as `username`; then call `session.renew()`.",
        );
      }
      return { data: { token, uuid }, user, expiresAt: parseTimestamp(end) };
    },

    async authorize(context, uuid) {
      const response = await sendFace(context, uuid);
      if (!response.ok) throw errorOf(response, redactSentence(context), "face_first");
      const { token } = response.json(inactiveSchema);
      // The vendor ends the session of an earlier try, because the device is the same: see the option `uuid`.
      context.draft.opened = { token, uuid };
      return token;
    },

    async extend(context, data) {
      const body = await formOf(context, {});
      const response = await context.send("auth/video-auth-renew/", { headers, body, as: data });
      if (!response.ok) throw errorOf(response, redactSentence(context), "face");
      const { user, token_expiration_datetime: end } = response.json(renewSchema);
      return { user, expiresAt: parseTimestamp(end) };
    },
  };
}

// The vendor's text can quote the video, which cannot be redacted. So only a text of plain, short words is used.
const redactSentence = (context: FindFaceContext) => (text: string) => {
  const words =
    text.length <= 160 && /^[\p{L}\p{N}\p{P} ]*$/u.test(text) && text.split(" ").every((word) => word.length <= 24);
  return words ? context.redact(text) : "";
};
