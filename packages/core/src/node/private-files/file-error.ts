/**
 * Returns the code of a file system error, such as `ENOENT`, or `"unknown"`. The error can be of another realm, as in
 * Jest.
 */
export function fileErrorCode(error: unknown): string {
  const { code } = Object(error) as { code?: unknown };
  return typeof code === "string" ? code : "unknown";
}

/** Returns `undefined` if a file operation fails with one of these codes. */
export async function ignoring<T>(codes: readonly string[], operation: Promise<T>): Promise<T | undefined> {
  try {
    return await operation;
  } catch (error) {
    if (codes.includes(fileErrorCode(error))) return undefined;
    throw error;
  }
}
