export { describe } from "./describe.ts";
export type {
  EagleEyeApiKeyHeader,
  EagleEyeBody,
  EagleEyeOptions,
  EagleEyeRememberTokenPlacement,
  EagleEyeTransport,
} from "./options.ts";
export { createEagleEyeSession, type EagleEyeSession } from "./session.ts";
export type { EagleEyeUser } from "./user.ts";
