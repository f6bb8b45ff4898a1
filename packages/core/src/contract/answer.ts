import type { AnyVmsError } from "../errors/any-error.ts";
import type { Schema } from "./schema.ts";

/** A vendor's answer in a sign-in conversation, read whole. */
export interface Answer {
  readonly status: number;
  /** Whether the status is 2xx. */
  readonly ok: boolean;
  readonly headers: Headers;
  /**
   * The body as JSON of a documented shape.
   * @throws {UnexpectedResponse} with the paths that were wrong.
   */
  json<T>(schema: Schema<T>): T;
  /** The body as JSON, or `undefined` where it is not of that shape: for telling error bodies apart. */
  jsonIf<T>(schema: Schema<T>): T | undefined;
  /** The error for a status that the flow has no better name for: 429, 5xx, or anything else. */
  failure(): AnyVmsError;
}
