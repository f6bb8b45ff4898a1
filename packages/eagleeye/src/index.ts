export {
  createEagleEyeSession,
  type EagleEyeBody,
  type EagleEyeOptions,
  type EagleEyeSession,
  type EagleEyeTfaKeyIn,
  type EagleEyeTransport,
} from "./session.ts";
export type { EagleEyeUser } from "./user.ts";
