import type { AnyVmsError } from "../../errors/is-vms-error.ts";
import type { Schema } from "../schema.ts";

/** A vendor's response to a request of a flow or of `callVendor`, with its whole body. */
export interface FlowResponse {
  readonly status: number;
  /** Whether the status is 2xx. */
  readonly ok: boolean;
  /** The headers. In a flow they include `Set-Cookie` if the runtime exposes it. */
  readonly headers: Headers;
  /** The body as text. It can contain secrets, so it is omitted when the response is printed. */
  readonly text: string;
  /**
   * Parses the body as JSON and validates it.
   * @throws {UnexpectedResponse} `unexpected_response` if the body is not JSON or does not match. `paths` has the wrong
   * fields.
   * @example
   * const { token } = response.json(tokenSchema);
   */
  json<T>(schema: Schema<T>): T;
  /**
   * Like `json`, but returns `undefined` if the body does not match, for example to distinguish error bodies.
   * @example
   * const code = response.safeJson(errorSchema)?.code;
   */
  safeJson<T>(schema: Schema<T>): T | undefined;
  /**
   * Creates the error for a status that the flow does not handle: `rate_limited` for 429, `vendor_unavailable` for 5xx,
   * otherwise `unexpected_response`.
   * @example
   * if (!response.ok) throw response.toError();
   */
  toError(): AnyVmsError;
}
