import { isVmsError } from "../../errors/is-vms-error.ts";
import { StoreFailed } from "../../errors/store-failed.ts";
import { fileErrorCode } from "../private-files/file-error.ts";

/** A failure of `fileStore`. Paths may be in it, values may not. */
export function fileFailure(message: string, retryable = false): StoreFailed {
  return new StoreFailed("core", `fileStore: ${message}`, { retryable });
}

const HINTS: Readonly<Record<string, string>> = {
  EACCES: "Check who owns it and what its permissions are.",
  EPERM: "Check who owns it and what its permissions are.",
  EROFS: "It is on a read-only disk: give another `directory`.",
  ENOSPC: "The disk is full: free some space.",
  EDQUOT: "The disk quota is used up: free some space.",
  EMFILE: "The process has too many open files.",
};

/** Turns every error of the file system into a `StoreFailed` that says what was tried, on which path, and what to do. */
export async function explainFailure<T>(doing: string, path: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (isVmsError(error) || !(error instanceof Error && "syscall" in error)) throw error;
    const code = fileErrorCode(error);
    throw fileFailure(`could not ${doing} ${path} (${code}). ${HINTS[code] ?? "Check the disk."}`, true);
  }
}
