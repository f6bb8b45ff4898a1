import { base64Utf8, type Flow, InvalidOptions, parseTimestamp, peekJson } from "@vms/core";
import { errorOf } from "./errors.ts";
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
 * Signs in to FindFace Multi: user name and password (Basic) and a device for a token.
 * @see FindFace Multi, "API Key authorization"
 */
export function findFaceFlow(baseUrl: URL, settings: FindFaceSettings): Flow<FindFaceData, FindFaceUser> {
  const tokens = videoAuthTokens(settings.videoAuthToken);
  const language = languageHeaders(settings);
  let device = settings.uuid;

  return {
    vendor: "findface",
    baseUrl,
    // A device that was named on purpose does not take over the session of another.
    ...(settings.uuid === undefined ? {} : { identity: `uuid:${settings.uuid}` }),

    // Of a call's answers; a caller's own `Accept-Language` wins.
    headers: acceptLanguage(settings),

    async login(context) {
      const { username, password } = await context.credentials();
      if (username.includes(":")) {
        throw new InvalidOptions(
          "findface",
          "`credentials`: `username` must not contain a colon, which Basic authentication (RFC 7617) cannot carry.",
        );
      }
      device = settings.uuid ?? context.previous?.data.uuid ?? device ?? crypto.randomUUID();
      const uuid = device;
      const basic = base64Utf8(`${username}:${password}`);
      const token = await tokens.next();
      try {
        const answer = await context.send("auth/login/", {
          headers: { authorization: `Basic ${basic}`, ...language },
          json: {
            uuid,
            ...(token === undefined ? {} : { video_auth_token: token }),
            mobile: settings.mobile,
            device_info: settings.deviceInfo,
          },
        });
        if (!answer.ok) {
          throw errorOf(answer, context.redact);
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

    authorize: ({ data }) => ({ headers: { authorization: `Token ${data.token}` } }),

    // A 401 for want of a license leaves the session alive; signing in again would only be refused as well.
    isRejected: (response) => response.status === 401 && isSessionGone(response),

    // A token that is refused here is gone already, which is what was wanted.
    async logout(context, { data }) {
      const answer = await context.send("auth/logout/", {
        headers: { authorization: `Token ${data.token}`, ...language },
      });
      if (answer.ok || (answer.status === 401 && !isLicenseError(answer.jsonIf(errorSchema)))) return;
      throw errorOf(answer, context.redact);
    },

    parse: parseData,
  };
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
