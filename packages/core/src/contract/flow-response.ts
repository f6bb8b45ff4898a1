import type { AnyVmsError } from "../errors/is-vms-error.ts";
import type { Schema } from "./schema.ts";

/** A vendor's response to a request of a flow or of `callVendor`, with its whole body. */
export interface FlowResponse {
  readonly status: number;
  /** Whether the status is 2xx. */
  readonly ok: boolean;
  readonly headers: Headers;
  /**
   * Parses the body as JSON and checks it against a schema.
   * @throws {UnexpectedResponse} (`unexpected_response`) with the paths of the wrong fields.
   */
  json<T>(schema: Schema<T>): T;
  /** Parses the body like `json`, but returns `undefined` if it does not match. Use it to tell error bodies apart. */
  safeJson<T>(schema: Schema<T>): T | undefined;
  /**
   * Makes the error for a status that the flow does not handle: `rate_limited` for 429, `vendor_unavailable` for 5xx,
   * otherwise `unexpected_response`.
   */
  toError(): AnyVmsError;
}
