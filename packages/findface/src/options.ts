import { type CredentialsSource, type GivenCredentials, InvalidOptions, type SessionOptions } from "@vms/core";
import { type FaceSource, isFaceSource } from "./face.ts";
import { isJsonObject } from "./json.ts";
import type { VideoAuthTokenSource } from "./video-auth-token.ts";

const LANGUAGES: readonly FindFaceLanguage[] = ["en-us", "es", "ru"];
const MODES: readonly FindFaceMode[] = ["password", "face", "face_or_password", "face_and_password"];

/** The languages that the vendor's messages come in. */
export type FindFaceLanguage = "en-us" | "es" | "ru";

/** The ways in which an installation signs people in. */
export type FindFaceMode = "password" | "face" | "face_or_password" | "face_and_password";

/** What a session with FindFace Multi is made of. */
export interface FindFaceOptions extends SessionOptions {
  /**
   * Where the API is: `https://host`, or `https://host/api` on installations that serve it there. For the plain
   * `http://` of a local network, set `allowInsecureHttp` as well.
   */
  readonly baseUrl: string | URL;
  /**
   * How the installation signs people in. With `"face_or_password"`, the face is used where `face` is given, else the
   * password. Default: `"face"` where `face` is given, `"face_and_password"` where `videoAuthToken` is, else
   * `"password"`.
   *
   * The vendor asks for HTTPS wherever faces sign in; with `allowInsecureHttp` a video can be read on the way.
   */
  readonly mode?: FindFaceMode;
  /**
   * The video of a face: a `Blob`, the path of a file (where there is a file system: Node, Bun, Deno), or a function
   * that returns either. A path is opened anew each time.
   *
   * A function is asked at each login, also one that is tried again, and is taken to wait for a human: `timeout` does
   * not count meanwhile, and a renewal in the background does not ask it, unless core's `unattended` marks it.
   */
  readonly face?: FaceSource;
  /**
   * What names this device at the vendor: 1 to 256 characters. The vendor lists and blocks sessions by it.
   * Default: a random one, made at the first login and kept with the session, so that later logins use it again.
   *
   * An assumption: a login ends the user's older session of the same `uuid`. Processes that share no store should
   * therefore not share a `uuid`.
   */
  readonly uuid?: string;
  /**
   * The inactive token of a face authorization made elsewhere, for installations that want face *and* password. It can
   * be used once: a value is sent with one login and never again, a function is asked at each login (also one that is
   * tried again). With `face`, the session gets such tokens itself.
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

/** A user whose face alone signs in, so that no password is needed. */
export interface FaceCredentials {
  /** The user's name at the vendor (its `name`). A face of another user is refused. */
  readonly username: string;
  /** Not used, and not asked for. */
  readonly password?: GivenCredentials["password"];
}

/** The same as a value, or as a function that is asked at each login. */
export type FaceCredentialsSource = FaceCredentials | (() => FaceCredentials | Promise<FaceCredentials>);

/** What a session is made of where the face alone signs in. */
export interface FindFaceFaceOptions extends Omit<FindFaceOptions, "credentials" | "mode" | "face" | "videoAuthToken"> {
  readonly credentials: FaceCredentialsSource;
  readonly mode?: "face" | "face_or_password";
  readonly face: FaceSource;
}

/** The vendor's options after checking, with all defaults in. */
export interface FindFaceSettings {
  readonly mode: FindFaceMode;
  readonly face: FaceSource | undefined;
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
export function checkFindFaceOptions(options: FindFaceOptions | FindFaceFaceOptions): FindFaceSettings {
  const { face, uuid, mobile = false, deviceInfo = {}, language } = options;
  const videoAuthToken = "videoAuthToken" in options ? options.videoAuthToken : undefined;
  if (uuid !== undefined && !isUuid(uuid)) wrong("`uuid` must be a string of 1 to 256 characters.");
  if (face !== undefined && !isFaceSource(face)) {
    wrong("`face` must be a Blob, the path of a file, or a function that returns one of these.");
  }
  if (videoAuthToken !== undefined && typeof videoAuthToken !== "function" && !isText(videoAuthToken)) {
    wrong("`videoAuthToken` must be a non-empty string, or a function that returns one.");
  }
  const mode = checkMode(options.mode, face !== undefined, videoAuthToken !== undefined);
  if (typeof mobile !== "boolean") wrong("`mobile` must be true or false.");
  if (!isJsonObject(deviceInfo)) wrong("`deviceInfo` must be a plain JSON object.");
  if (language !== undefined && !LANGUAGES.includes(language)) {
    wrong(`\`language\` must be one of ${LANGUAGES.join(", ")}.`);
  }
  return { mode, face, uuid, videoAuthToken, mobile, deviceInfo, language };
}

// What an installation would never look at is a mistake in the options, and is said before anything is sent.
function checkMode(mode: FindFaceMode | undefined, face: boolean, token: boolean): FindFaceMode {
  if (mode !== undefined && !MODES.includes(mode)) wrong(`\`mode\` must be one of ${MODES.join(", ")}.`);
  if (face && token) wrong("`face` and `videoAuthToken` exclude each other: `face` gets such tokens itself.");
  const is = mode ?? (face ? "face" : token ? "face_and_password" : "password");
  if (is === "password" && face) wrong('`face` is of no use with `mode: "password"`: leave one of them out.');
  if (is !== "face_and_password" && token) {
    wrong('`videoAuthToken` is of use with `mode: "face_and_password"` only: leave one of them out.');
  }
  if (is === "face" && !face) wrong('`mode: "face"` needs the option `face`, the video of a face.');
  if (is === "face_and_password" && !face && !token) {
    wrong('`mode: "face_and_password"` needs the option `face`, the video of a face.');
  }
  return is;
}

/**
 * The credentials as the core takes them.
 * @param passwordless whether the face alone signs in: then no password is looked at, nor asked for.
 */
export function credentialsOf(
  { credentials }: FindFaceOptions | FindFaceFaceOptions,
  passwordless: boolean,
): CredentialsSource {
  if (!passwordless) return credentials as CredentialsSource;
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
