import { UnexpectedResponse } from "../errors/unexpected-response.ts";

/** What is wrong with a value, and where. */
export interface SchemaIssue {
  readonly message: string;
  readonly path?: ReadonlyArray<PropertyKey | { readonly key: PropertyKey }> | undefined;
}

/**
 * A schema, by the Standard Schema convention (version 1): zod, valibot and others have this shape.
 * Only schemas that validate at once (not through a promise) are used here.
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
 * Checks a value from outside against a schema.
 * @param what names the value in the error, for example `"the login's answer"`.
 * @param redact takes secrets out of a key, as a key may be the vendor's own data.
 * @throws {UnexpectedResponse} with the paths that were wrong and none of the values.
 */
export function parseWith<T>(
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
    `${what} does not have the documented shape${where === "" ? "" : ` (wrong or missing: ${where})`}. ` +
      "Check that the base URL points at this vendor's API.",
    { paths, status },
  );
}

// A key can come from the vendor's data, so it is cut: a path names a place, it does not quote.
function pathOf(path: SchemaIssue["path"], redact: (text: string) => string): string {
  return (path ?? []).map((part) => redact(String(typeof part === "object" ? part.key : part)).slice(0, 40)).join(".");
}
