export type { Answer } from "./answer.ts";
export type { Authorization } from "./authorization.ts";
export { base64Utf8 } from "./base64.ts";
export { MAX_ANSWER_BYTES } from "./bounded-body.ts";
export { type CookieScope, formatCookiesTxt, parseCookiesTxt } from "./cookies-txt.ts";
export type { Credentials, CredentialsSource, GivenCredentials } from "./credentials.ts";
export { type EncryptedStoreOptions, type EncryptionKey, encryptedStore } from "./encrypted-store.ts";
export { AccountUnavailable, type AccountUnavailableReason } from "./errors/account-unavailable.ts";
export { type AnyVmsError, isVmsError } from "./errors/any-error.ts";
export { InsecureTransport } from "./errors/insecure-transport.ts";
export { InvalidCredentials } from "./errors/invalid-credentials.ts";
export { InvalidOptions } from "./errors/invalid-options.ts";
export { InvalidRequest } from "./errors/invalid-request.ts";
export { OriginNotAllowed } from "./errors/origin-not-allowed.ts";
export { RateLimited } from "./errors/rate-limited.ts";
export { SecondFactorRejected } from "./errors/second-factor-rejected.ts";
export { type SecondFactorMethod, SecondFactorRequired } from "./errors/second-factor-required.ts";
export { SessionClosed } from "./errors/session-closed.ts";
export { StoreFailed } from "./errors/store-failed.ts";
export { UnexpectedResponse } from "./errors/unexpected-response.ts";
export { VendorUnavailable } from "./errors/vendor-unavailable.ts";
export { VmsError, type VmsErrorCode, type VmsErrorDetails } from "./errors/vms-error.ts";
export type { SessionEvent } from "./events.ts";
export type { Flow, FlowContext, FlowRequest, Login } from "./flow.ts";
export { inTime } from "./in-time.ts";
export { type KeyvLike, keyvStore } from "./keyv-store.ts";
export type { Lifetime } from "./lifetime.ts";
export { memoryStore } from "./memory-store.ts";
export { parseBaseUrl, type RetryOptions, type SessionOptions } from "./options.ts";
export { peekJson } from "./peek-json.ts";
export type { SessionInfo, SessionRecord } from "./record.ts";
export { parseRetryAfter } from "./retry-after.ts";
export { parseWith, type Schema, type SchemaIssue } from "./schema.ts";
export type {
  SecondFactor,
  SecondFactorAnswer,
  SecondFactorChallenge,
  SecondFactorStep,
  SecondFactorVerdict,
} from "./second-factor.ts";
export { createSession, type Session, type WaitOptions } from "./session.ts";
export type { SessionStore } from "./store.ts";
export { parseTimestamp } from "./timestamp.ts";
export { isUnattended, unattended } from "./unattended.ts";
