import { InvalidOptions } from "@vms/core";
import { base64Utf8, type Flow, parseTimestamp, tryPeekJson } from "@vms/core/flow";
import { errorOf } from "./errors.ts";
import { createFaceLogin, type FindFaceContext, type FindFaceDraft } from "./face-login.ts";
import { type FaceSource, isBlob, isInteractive } from "./face-video.ts";
import type { FindFaceSettings } from "./options.ts";
import { videoAuthTokens } from "./video-auth-token.ts";
import {
  ERROR_BODY_LIMIT,
  errorSchema,
  type FindFaceData,
  type FindFaceUser,
  isLicenseError,
  loginSchema,
  parseData,
} from "./wire.ts";

/**
 * Signs in to FindFace Multi: user name and password (Basic), a face, or both, and a device name for a token.
 * @see FindFace Multi, "API Key authorization"
 */
export function findFaceFlow(settings: FindFaceSettings): Flow<FindFaceData, FindFaceUser, FindFaceDraft> {
  const tokens = videoAuthTokens(settings.videoAuthToken);
  const language = languageHeaders(settings);
  const face = settings.face === undefined ? undefined : createFaceLogin(settings.face, settings, language);
  const passwordOptional = face !== undefined && settings.mode !== "face_and_password";
  // The name of the device outlives a login and a logout, so that the vendor does not list a new device after each.
  let device = settings.uuid;

  // A 401 means that the session has already ended.
  async function signOut(context: FindFaceContext, data: FindFaceData): Promise<void> {
    const response = await context.send("auth/logout/", { headers: language, as: data });
    if (response.ok || (response.status === 401 && !isLicenseError(response.safeJson(errorSchema)))) return;
    throw errorOf(response, context.redact, "logout");
  }

  return {
    vendor: "findface",
    baseUrl: settings.baseUrl,
    // A device with an explicit name does not use the stored session of another device.
    ...(settings.uuid === undefined ? {} : { identity: `uuid:${settings.uuid}` }),
    loginInputs: [settings.mode, faceInput(settings.face), inputOf(settings.videoAuthToken)],
    passwordOptional,
    interactive: isInteractive(settings.face),

    // The language of API responses; the caller's `Accept-Language` wins.
    headers: acceptLanguage(settings),

    async login(context) {
      device = settings.uuid ?? context.previous?.data.uuid ?? device ?? crypto.randomUUID();
      const uuid = device;
      if (face !== undefined && passwordOptional) return face.login(context, uuid);

      const { username, password } = await context.credentials();
      if (username.includes(":")) {
        throw new InvalidOptions(
          "findface",
          "`credentials`: `username` must not contain a colon, which Basic authentication (RFC 7617) cannot carry.",
        );
      }
      const token = await tokens.next(face && (() => face.authorize(context, uuid)));
      try {
        const response = await context.send("auth/login/", {
          headers: { authorization: `Basic ${base64Utf8(`${username}:${password}`)}`, ...language },
          json: {
            uuid,
            ...(token === undefined ? {} : { video_auth_token: token }),
            mobile: settings.mobile,
            device_info: settings.deviceInfo,
          },
        });
        if (!response.ok) {
          throw errorOf(response, context.redact, token === undefined ? "password" : "password_with_token");
        }
        const login = response.json(loginSchema);
        return {
          data: { token: login.token, uuid },
          user: login.user,
          expiresAt: parseTimestamp(login.token_expiration_datetime),
        };
      } catch (error) {
        throw token === undefined ? error : tokens.failed(error);
      }
    },

    ...(face === undefined ? {} : { extend: (context, { data }) => face.extend(context, data) }),

    async abandon(context, { opened }) {
      if (opened !== undefined) await signOut(context, opened);
    },

    authorize: ({ data }) => ({ headers: { authorization: `Token ${data.token}` } }),

    // A 401 for a missing license does not end the session, and a login would be rejected too.
    isRejected: (response) => response.status === 401 && isSessionGone(response),

    // A random device name is reused by later logins, even after the session has expired.
    outlives: () => settings.uuid === undefined,

    logout: (context, { data }) => signOut(context, data),

    parse: parseData,
  };
}

async function isSessionGone(response: Response): Promise<boolean> {
  return !isLicenseError(await tryPeekJson(response, ERROR_BODY_LIMIT));
}

function acceptLanguage({ language }: FindFaceSettings): Record<string, string> {
  return language === undefined ? {} : { "accept-language": language };
}

function languageHeaders({ language }: FindFaceSettings): Record<string, string> {
  return language === undefined ? {} : { "accept-language": language, "content-language": language };
}

/** What distinguishes one face of the options from another. A function can return any face. */
function faceInput(face: FaceSource | undefined): string {
  return isBlob(face) ? `${face.type} ${face.size}` : inputOf(face);
}

function inputOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
