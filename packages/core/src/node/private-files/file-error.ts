/** The code of a file system error, such as `ENOENT`; `"unknown"` if it has none. It can be an error of another realm, as in jest. */
export function fileErrorCode(error: unknown): string {
  const { code } = Object(error) as { code?: unknown };
  return typeof code === "string" ? code : "unknown";
}

/** Waits for a file operation, and returns `undefined` if it fails with one of these codes. */
export async function ignoring<T>(codes: readonly string[], operation: Promise<T>): Promise<T | undefined> {
  try {
    return await operation;
  } catch (error) {
    if (codes.includes(fileErrorCode(error))) return undefined;
    throw error;
  }
}
