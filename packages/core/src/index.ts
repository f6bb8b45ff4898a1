export type { Authorization } from "./contract/authorization.ts";
export type {
  ApiKeyInput,
  ApiKeyProvider,
  Credentials,
  CredentialsInput,
  CredentialsProvider,
} from "./contract/credentials.ts";
export type { ExpiredEvent } from "./contract/events/expired-event.ts";
export type { LoginEvent } from "./contract/events/login-event.ts";
export type { LoginFailedEvent } from "./contract/events/login-failed-event.ts";
export type { LoginLimitedEvent } from "./contract/events/login-limited-event.ts";
export type { LoginStartedEvent } from "./contract/events/login-started-event.ts";
export type { LogoutEvent } from "./contract/events/logout-event.ts";
export type { RejectedEvent } from "./contract/events/rejected-event.ts";
export type { RenewalFailedEvent } from "./contract/events/renewal-failed-event.ts";
export type { RenewedEvent } from "./contract/events/renewed-event.ts";
export type { ResentEvent } from "./contract/events/resent-event.ts";
export type { RotatedEvent } from "./contract/events/rotated-event.ts";
export type { SessionEvent, SessionEventName, SessionEvents } from "./contract/events/session-events.ts";
export type { LoginFailure, SessionHealth } from "./contract/events/session-health.ts";
export type { StoreFailedEvent } from "./contract/events/store-failed-event.ts";
export type { KeptLoginHistory } from "./contract/kept-login-history.ts";
export type { LoginLimiter } from "./contract/login-limiter.ts";
export { nonInteractive } from "./contract/non-interactive.ts";
export type { LoginBudget, RetryOptions, SessionEndSigns, SessionOptions } from "./contract/options.ts";
export type {
  SecondFactor,
  SecondFactorAnswer,
  SecondFactorChallenge,
} from "./contract/second-factor.ts";
export type { Session, WaitOptions } from "./contract/session.ts";
export type { SessionInfo } from "./contract/session-info.ts";
export type { Lease, SessionStore } from "./contract/session-store.ts";
export { AccountUnavailable, type AccountUnavailableReason } from "./errors/account-unavailable.ts";
export { InsecureTransport } from "./errors/insecure-transport.ts";
export { InvalidCredentials } from "./errors/invalid-credentials.ts";
export { InvalidOptions } from "./errors/invalid-options.ts";
export { InvalidRequest } from "./errors/invalid-request.ts";
export { type AnyVmsError, isVmsError } from "./errors/is-vms-error.ts";
export { LoginLimited } from "./errors/login-limited.ts";
export { OriginNotAllowed } from "./errors/origin-not-allowed.ts";
export { RateLimited } from "./errors/rate-limited.ts";
export type { Remedies, Remedy, RemedyId } from "./errors/remedy.ts";
export { SecondFactorRejected } from "./errors/second-factor-rejected.ts";
export {
  type SecondFactorMethod,
  SecondFactorRequired,
  type SecondFactorRequiredReason,
} from "./errors/second-factor-required.ts";
export { SessionClosed } from "./errors/session-closed.ts";
export { StoreFailed } from "./errors/store-failed.ts";
export { UnexpectedResponse } from "./errors/unexpected-response.ts";
export { VendorUnavailable } from "./errors/vendor-unavailable.ts";
export { VmsError, type VmsErrorCode, type VmsErrorDetails } from "./errors/vms-error.ts";
export { type CookieScope, formatCookiesTxt, parseCookiesTxt } from "./net/cookies-txt.ts";
export { type LoginLimiterOptions, loginLimiter } from "./session/login-limiter.ts";
export type { SessionPoolOptions } from "./session/pool-options.ts";
export { type PoolShare, type SessionPool, sessionPool } from "./session/session-pool.ts";
export { type EncryptedStoreOptions, type EncryptionKey, encryptedStore } from "./store/encrypted-store.ts";
export { type KeyvLike, keyvStore } from "./store/keyv-store.ts";
export { memoryStore } from "./store/memory-store.ts";
