export type { Extendability, Lifetime } from "./contract/expiry.ts";
export type { Flow, Login } from "./contract/flow/flow.ts";
export type { FlowContext, FlowRequest } from "./contract/flow/flow-context.ts";
export type { FlowResponse } from "./contract/flow/flow-response.ts";
export { checkOptionNames } from "./contract/known-names.ts";
export { isNonInteractive } from "./contract/non-interactive.ts";
export { type Schema, type SchemaIssue, validate } from "./contract/schema.ts";
export type { SecondFactorResult, SecondFactorStep } from "./contract/second-factor.ts";
export type { SessionRecord } from "./contract/session-record.ts";
export type {
  OptionDescription,
  PageDescription,
  VendorDescription,
  VendorProbe,
} from "./contract/vendor-description.ts";
export { parseBaseUrl } from "./net/base-url.ts";
export type { Cookie } from "./net/cookie.ts";
export { parseCookieDate } from "./net/cookie-date.ts";
export { parseHttpDate } from "./net/http-date.ts";
export { type CookieReading, type ReceivedCookies, readCookies } from "./net/read-cookies.ts";
export { parseRetryAfter } from "./net/retry-after.ts";
export { tryPeekJson } from "./net/try-peek-json.ts";
export { callVendor, type VendorCall } from "./request/call-vendor.ts";
export { type Digest, type DigestKey, digest } from "./request/signing/digest.ts";
export type { DigestAlgorithm } from "./request/signing/digest-of.ts";
export { createSession } from "./session/create-session.ts";
export { base64Utf8 } from "./util/base64.ts";
export { parseTimestamp } from "./util/timestamp.ts";
