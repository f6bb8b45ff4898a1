import { base64Utf8, type Flow, type FlowContext, InvalidOptions, parseTimestamp, peekJson } from "@vms/core";
import { errorOf } from "./errors.ts";
import { createFaceLogin, tokenHeader } from "./face-login.ts";
import { asksHuman } from "./face-video.ts";
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
export function findFaceFlow(settings: FindFaceSettings): Flow<FindFaceData, FindFaceUser> {
  const tokens = videoAuthTokens(settings.videoAuthToken);
  const language = languageHeaders(settings);
  const face = settings.face === undefined ? undefined : createFaceLogin(settings.face, settings, language);
  const passwordless = face !== undefined && settings.mode !== "face_and_password";
  let device = settings.uuid;

  // Best effort: the error of the login is more important.
  async function end(context: FlowContext<FindFaceData, FindFaceUser>, token: string): Promise<void> {
    await context.send("auth/logout/", { headers: { ...tokenHeader(token), ...language } }).catch(() => {});
  }

  return {
    vendor: "findface",
    baseUrl: settings.baseUrl,
    // A device with an explicit name does not use the stored session of another device.
    ...(settings.uuid === undefined ? {} : { identity: `uuid:${settings.uuid}` }),
    passwordless,
    asksHuman: asksHuman(settings.face),

    // The language of API responses; the caller's `Accept-Language` wins.
    headers: acceptLanguage(settings),

    async login(context) {
      device = settings.uuid ?? context.previous?.data.uuid ?? device ?? crypto.randomUUID();
      const uuid = device;
      if (face !== undefined && passwordless) return face.login(context, uuid);

      const { username, password } = await context.credentials();
      if (username.includes(":")) {
        throw new InvalidOptions(
          "findface",
          "`credentials`: `username` must not contain a colon, which Basic authentication (RFC 7617) cannot carry.",
        );
      }
      const token = await tokens.next(face && (() => face.authorize(context, uuid)));
      try {
        const answer = await context.send("auth/login/", {
          headers: { authorization: `Basic ${base64Utf8(`${username}:${password}`)}`, ...language },
          json: {
            uuid,
            ...(token === undefined ? {} : { video_auth_token: token }),
            mobile: settings.mobile,
            device_info: settings.deviceInfo,
          },
        });
        if (!answer.ok) {
          // The face was accepted but the password was refused: sign out the half-open session.
          if (face !== undefined && token !== undefined && isRefusal(answer.status)) await end(context, token);
          throw errorOf(answer, context.redact, token === undefined ? "password" : "password_with_token");
        }
        const login = answer.json(loginSchema);
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

    authorize: ({ data }) => ({ headers: tokenHeader(data.token) }),

    // A 401 for a missing license does not end the session, and a login would be refused too.
    isRejected: (response) => response.status === 401 && isSessionGone(response),

    // A random device name is reused by later logins, even after the session has expired.
    outlives: () => settings.uuid === undefined,

    // A 401 means that the session has already ended.
    async logout(context, { data }) {
      const answer = await context.send("auth/logout/", { headers: { ...tokenHeader(data.token), ...language } });
      if (answer.ok || (answer.status === 401 && !isLicenseError(answer.jsonIf(errorSchema)))) return;
      throw errorOf(answer, context.redact, "logout");
    },

    parse: parseData,
  };
}

// After a 429 or a 5xx the core retries the login.
function isRefusal(status: number): boolean {
  return status >= 400 && status < 500 && status !== 429;
}

async function isSessionGone(response: Response): Promise<boolean> {
  return !isLicenseError(await peekJson(response, ERROR_BODY_LIMIT));
}

function acceptLanguage({ language }: FindFaceSettings): Record<string, string> {
  return language === undefined ? {} : { "accept-language": language };
}

function languageHeaders({ language }: FindFaceSettings): Record<string, string> {
  return language === undefined ? {} : { "accept-language": language, "content-language": language };
}
