import { type CredentialsInput, type CredentialsProvider, InvalidOptions, type SessionOptions } from "@vms/core";
import { checkOptionNames, parseBaseUrl } from "@vms/core/flow";
import { describe } from "./describe.ts";
import { type FaceSource, isFaceSource } from "./face-video.ts";
import { isJsonObject } from "./json-object.ts";
import type { VideoAuthTokenSource } from "./video-auth-token.ts";

const LANGUAGES: readonly FindFaceLanguage[] = ["en-us", "es", "ru"];
const MODES: readonly FindFaceMode[] = ["password", "face", "face_or_password", "face_and_password"];

/** The languages of the vendor's messages. */
export type FindFaceLanguage = "en-us" | "es" | "ru";

/** How an installation signs users in. */
export type FindFaceMode = "password" | "face" | "face_or_password" | "face_and_password";

/** Options of a session with FindFace Multi. */
export interface FindFaceOptions extends SessionOptions {
  /**
   * The address of the API: `https://host`, or `https://host/api` if the installation serves it there. For plain
   * `http://` in a local network, also set `allowInsecureHttp`.
   */
  readonly baseUrl: string | URL;
  /**
   * How the installation signs users in. `"face_or_password"` uses the face if `face` is set, otherwise the password.
   * Default: `"face"` with the option `face`, `"face_and_password"` with `videoAuthToken`, otherwise `"password"`.
   *
   * The vendor requires HTTPS for signing in by face. With `allowInsecureHttp` a video can be read on the network.
   */
  readonly mode?: FindFaceMode;
  /**
   * The video of a face: a `Blob`, the path of a file (in Node, Bun and Deno), or a function that returns either. A file
   * is opened again for each login.
   *
   * A function is called for each attempt of a login. Unless it is marked with `nonInteractive` of `@vms/core`, it can wait
   * for a person: `timeout` does not count while it runs, and renewals in the background do not call it. Default: none.
   */
  readonly face?: FaceSource;
  /**
   * The name of this device at the vendor: 1 to 256 characters. The vendor lists and blocks sessions by it.
   * Default: a random name, created at the first login and stored with the session, so that later logins reuse it.
   *
   * An assumption: a login ends the user's older session with the same `uuid`. So do not set the same `uuid` in processes
   * that share no store. In `@vms/simulator`: `sameUuidReplaces`.
   */
  readonly uuid?: string;
  /**
   * The inactive token of a face authorization, for installations that require face *and* password. With `face`, the session
   * requests such tokens itself. A token can be used once: a string is sent with one login only. A function is called for each
   * attempt of a login, and must return a new token each time. Default: none.
   */
  readonly videoAuthToken?: VideoAuthTokenSource;
  /** Whether this device is registered as mobile. Default: `false`. */
  readonly mobile?: boolean;
  /** Further information about this device, which the vendor stores: a plain JSON object. Default: `{}`. */
  readonly deviceInfo?: Readonly<Record<string, unknown>>;
  /**
   * The language of the vendor's messages at login, sent as `Accept-Language` and `Content-Language`. A call can set its
   * own `Accept-Language`. Default: none is sent.
   */
  readonly language?: FindFaceLanguage;
}

/** A user who signs in by face alone, without a password. */
export interface FaceCredentials {
  /** The user's name at the vendor (its `name`). A face of another user is rejected. */
  readonly username: string;
  /** Ignored. */
  readonly password?: CredentialsInput["password"];
}

/** Credentials as a value, or as a function that is called at each login. */
export type FaceCredentialsProvider = FaceCredentials | (() => FaceCredentials | Promise<FaceCredentials>);

/** Options of a session that signs in by face alone. */
export interface FindFaceFaceOptions extends Omit<FindFaceOptions, "credentials" | "mode" | "face" | "videoAuthToken"> {
  /** The user name, or a function that returns it. The function is called at each login. */
  readonly credentials: FaceCredentialsProvider;
  /** How the installation signs users in. Default: `"face"`. */
  readonly mode?: "face" | "face_or_password";
  /** The video of a face, as in `FindFaceOptions`. */
  readonly face: FaceSource;
}

/** The vendor's own options, validated and with their defaults. */
export interface FindFaceSettings {
  readonly baseUrl: URL;
  readonly mode: FindFaceMode;
  readonly face: FaceSource | undefined;
  readonly uuid: string | undefined;
  readonly videoAuthToken: VideoAuthTokenSource | undefined;
  readonly mobile: boolean;
  readonly deviceInfo: Readonly<Record<string, unknown>>;
  readonly language: FindFaceLanguage | undefined;
}

/**
 * Validates the vendor's own options. The core validates the common ones.
 * @throws {InvalidOptions} `invalid_options` for an option that is unknown, missing or malformed.
 */
export function parseOptions(options: FindFaceOptions | FindFaceFaceOptions): {
  settings: FindFaceSettings;
  common: SessionOptions;
} {
  const {
    baseUrl,
    mode: givenMode,
    face,
    videoAuthToken,
    uuid,
    mobile = false,
    deviceInfo = {},
    language,
    ...common
  } = checkOptionNames(describe, options as FindFaceOptions);
  if (uuid !== undefined && !isUuid(uuid)) wrong("`uuid` must be a string of 1 to 256 characters.");
  if (face !== undefined && !isFaceSource(face)) {
    wrong("`face` must be a Blob, the path of a file, or a function that returns one of these.");
  }
  if (videoAuthToken !== undefined && typeof videoAuthToken !== "function" && !isText(videoAuthToken)) {
    wrong("`videoAuthToken` must be a non-empty string, or a function that returns one.");
  }
  const mode = checkMode(givenMode, face !== undefined, videoAuthToken !== undefined);
  if (typeof mobile !== "boolean") wrong("`mobile` must be true or false.");
  if (!isJsonObject(deviceInfo)) wrong("`deviceInfo` must be a plain JSON object.");
  if (language !== undefined && !LANGUAGES.includes(language)) {
    wrong(`\`language\` must be one of ${LANGUAGES.join(", ")}.`);
  }
  const base = parseBaseUrl("findface", baseUrl);
  return { settings: { baseUrl: base, mode, face, uuid, videoAuthToken, mobile, deviceInfo, language }, common };
}

// An option that the mode never uses is a mistake, and is reported before anything is sent.
function checkMode(mode: FindFaceMode | undefined, face: boolean, token: boolean): FindFaceMode {
  if (mode !== undefined && !MODES.includes(mode)) wrong(`\`mode\` must be one of ${MODES.join(", ")}.`);
  if (face && token) wrong("`face` and `videoAuthToken` exclude each other: `face` gets such tokens itself.");
  const is = mode ?? (face ? "face" : token ? "face_and_password" : "password");
  if (is === "password" && face) wrong('`face` does not work with `mode: "password"`. Omit one of them.');
  if (is !== "face_and_password" && token) {
    wrong('`videoAuthToken` requires `mode: "face_and_password"`. Omit one of them.');
  }
  if (is === "face" && !face) wrong('`mode: "face"` needs the option `face`, the video of a face.');
  if (is === "face_and_password" && !face && !token) {
    wrong('`mode: "face_and_password"` needs the option `face`, the video of a face.');
  }
  return is;
}

/**
 * The credentials in the form that the core expects.
 * @param passwordOptional whether the face alone signs in: then the password is neither read nor prompted for.
 */
export function credentialsOf({ credentials }: SessionOptions, passwordOptional: boolean): CredentialsProvider {
  if (!passwordOptional) return credentials;
  if (typeof credentials === "function") return async () => ({ ...(await credentials()), password: "" });
  return { ...credentials, password: "" };
}

function isUuid(value: unknown): value is string {
  return isText(value) && value.length <= 256;
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

function wrong(what: string): never {
  throw new InvalidOptions("findface", what);
}
