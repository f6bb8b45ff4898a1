export { describe } from "./describe.ts";
export type { FindFaceDeviceSession, FindFaceDeviceSessions } from "./device-sessions.ts";
export type { FaceRequest, FaceSource, FaceVideo } from "./face-video.ts";
export type {
  FaceCredentials,
  FaceCredentialsProvider,
  FindFaceFaceOptions,
  FindFaceLanguage,
  FindFaceMode,
  FindFaceOptions,
} from "./options.ts";
export { createFindFaceSession, type FindFaceSession } from "./session.ts";
export type { VideoAuthTokenSource } from "./video-auth-token.ts";
export type { FindFaceUser } from "./wire.ts";
