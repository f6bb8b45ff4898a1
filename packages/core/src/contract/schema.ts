import { UnexpectedResponse } from "../errors/unexpected-response.ts";

/** A problem that a schema found in a value. */
export interface SchemaIssue {
  /** Never shown, because it can quote a value. */
  readonly message: string;
  /** The keys that lead to the wrong field. Absent if the whole value is wrong. */
  readonly path?: ReadonlyArray<PropertyKey | { readonly key: PropertyKey }> | undefined;
}

/**
 * A Standard Schema (version 1), for example from zod or valibot. It must validate synchronously.
 * @see https://standardschema.dev
 */
export interface Schema<T> {
  readonly "~standard": {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (
      value: unknown,
    ) =>
      | { readonly value: T; readonly issues?: undefined }
      | { readonly issues: readonly SchemaIssue[] }
      | Promise<unknown>;
  };
}

/**
 * Validates a value against a schema and returns the parsed value.
 * @param what names the value in the error, for example `"the response to POST login"`.
 * @param status the HTTP status, for the error.
 * @param redact removes secrets from a key, which can be vendor data. Default: keys are not changed.
 * @throws {UnexpectedResponse} `unexpected_response` if the value does not match. `paths` has the wrong fields, without
 * values.
 * @example
 * const user = validate(userSchema, await response.json(), "acme", "the response to GET me", response.status);
 */
export function validate<T>(
  schema: Schema<T>,
  value: unknown,
  vendor: string,
  what: string,
  status?: number,
  redact: (text: string) => string = (text) => text,
): T {
  const result = schema["~standard"].validate(value);
  if ("value" in result && result.issues === undefined) return result.value as T;
  const issues = "issues" in result ? (result.issues ?? []) : [];
  const paths = [...new Set(issues.map((issue) => pathOf(issue.path, redact)))].slice(0, 20);
  const where = paths.filter((path) => path !== "").join(", ");
  throw new UnexpectedResponse(
    vendor,
    `${what} does not have the documented shape${where === "" ? "" : ` (wrong or missing: ${where})`}.`,
    { paths, status },
  );
}

// A key can be vendor data of any length, so it is shortened.
function pathOf(path: SchemaIssue["path"], redact: (text: string) => string): string {
  return (path ?? []).map((part) => redact(String(typeof part === "object" ? part.key : part)).slice(0, 40)).join(".");
}
