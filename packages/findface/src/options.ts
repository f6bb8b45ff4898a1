import { InvalidOptions, type SessionOptions } from "@vms/core";
import { isJsonObject } from "./json.ts";
import type { VideoAuthTokenSource } from "./video-auth-token.ts";

const LANGUAGES = ["en-us", "es", "ru"] as const;

/** The languages that the vendor's messages come in. */
export type FindFaceLanguage = (typeof LANGUAGES)[number];

/** What a session with FindFace Multi is made of. */
export interface FindFaceOptions extends SessionOptions {
  /**
   * Where the API is: `https://host`, or `https://host/api` on installations that serve it there. For the plain
   * `http://` of a local network, set `allowInsecureHttp` as well.
   */
  readonly baseUrl: string | URL;
  /**
   * What names this device at the vendor: 1 to 256 characters. The vendor lists and blocks sessions by it.
   * Default: a random one, made at the first login and kept with the session, so that later logins use it again.
   *
   * An assumption: a login ends the user's older session of the same `uuid`. Processes that share no store should
   * therefore not share a `uuid`.
   */
  readonly uuid?: string;
  /**
   * The inactive token of a face authorization, for installations that want face *and* password. It can be used once:
   * a value is sent with one login and never again, a function is asked at each login (also one that is tried again).
   */
  readonly videoAuthToken?: VideoAuthTokenSource;
  /** Whether the vendor shall take this device for a mobile one. Default: `false`. */
  readonly mobile?: boolean;
  /** What else the vendor shall note of this device: a plain JSON object. Default: `{}`. */
  readonly deviceInfo?: Readonly<Record<string, unknown>>;
  /**
   * The language of the vendor's messages at sign-in, sent as `Accept-Language` and `Content-Language`. On calls these
   * headers are the caller's own. Default: none is sent.
   */
  readonly language?: FindFaceLanguage;
}

/** The vendor's options after checking, with all defaults in. */
export interface FindFaceSettings {
  readonly uuid: string | undefined;
  readonly videoAuthToken: VideoAuthTokenSource | undefined;
  readonly mobile: boolean;
  readonly deviceInfo: Readonly<Record<string, unknown>>;
  readonly language: FindFaceLanguage | undefined;
}

/**
 * Checks the vendor's own options.
 * @throws {InvalidOptions} naming the option and what to write.
 */
export function checkFindFaceOptions(options: FindFaceOptions): FindFaceSettings {
  const { uuid, videoAuthToken, mobile = false, deviceInfo = {}, language } = options;
  const wrong = (what: string): never => {
    throw new InvalidOptions("findface", what);
  };
  if (uuid !== undefined && !isUuid(uuid)) wrong("`uuid` must be a string of 1 to 256 characters.");
  if (videoAuthToken !== undefined && typeof videoAuthToken !== "function" && !isText(videoAuthToken)) {
    wrong("`videoAuthToken` must be a non-empty string, or a function that returns one.");
  }
  if (typeof mobile !== "boolean") wrong("`mobile` must be true or false.");
  if (!isJsonObject(deviceInfo)) wrong("`deviceInfo` must be a plain JSON object.");
  if (language !== undefined && !LANGUAGES.includes(language)) {
    wrong(`\`language\` must be one of ${LANGUAGES.join(", ")}.`);
  }
  return { uuid, videoAuthToken, mobile, deviceInfo, language };
}

function isUuid(value: unknown): value is string {
  return isText(value) && value.length <= 256;
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}
