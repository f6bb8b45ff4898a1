import type { AnyVmsError } from "../../errors/is-vms-error.ts";
import type { Schema } from "../schema.ts";

/** A vendor's response to a request of a flow or of `callVendor`, with its whole body. */
export interface FlowResponse {
  /** The HTTP status. */
  readonly status: number;
  /** Whether the status is 2xx. */
  readonly ok: boolean;
  /** The headers. In a flow they include `Set-Cookie`, if the runtime shows it. */
  readonly headers: Headers;
  /** The body as text, for example XML or HTML. It can contain secrets, so printing the response does not show it. */
  readonly text: string;
  /**
   * Parses the body as JSON and checks it against a schema.
   * @throws {UnexpectedResponse} `unexpected_response` if the body is not JSON or does not match. `paths` has the wrong fields.
   * @example
   * const { token } = response.json(tokenSchema);
   */
  json<T>(schema: Schema<T>): T;
  /**
   * Parses the body like `json`, but returns `undefined` if it does not match. Use it to distinguish error bodies.
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
