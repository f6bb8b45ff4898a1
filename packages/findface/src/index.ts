export type { FindFaceLanguage, FindFaceOptions } from "./options.ts";
export { createFindFaceSession } from "./session.ts";
export type { VideoAuthTokenSource } from "./video-auth-token.ts";
export type { FindFaceUser } from "./wire.ts";
