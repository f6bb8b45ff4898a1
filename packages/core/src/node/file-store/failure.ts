import { isVmsError } from "../../errors/is-vms-error.ts";
import type { Remedy } from "../../errors/remedy.ts";
import { StoreFailed } from "../../errors/store-failed.ts";
import { fileErrorCode } from "../private-files/file-error.ts";
import { quotePath } from "../private-files/quote-path.ts";

/** May contain paths, but no values. */
export function fileFailure(
  problem: string,
  details: { readonly remedy?: Remedy; readonly retryable?: boolean } = {},
): StoreFailed {
  return new StoreFailed("core", problem, details);
}

/**
 * The error for a path that this store did not write and never removes.
 * @param what follows the path: "is a link".
 */
export function notOurs(path: string, what: string): StoreFailed {
  const command = `rm -r ${quotePath(path)}`;
  return fileFailure(`${path} ${what}, so this store did not write it.`, { remedy: { id: "fix_path", path, command } });
}

function remedyOf(code: string, path: string): Remedy {
  switch (code) {
    case "EACCES":
    case "EPERM":
      return { id: "fix_path", path };
    case "EROFS":
      return { id: "choose_directory" };
    case "ENOSPC":
    case "EDQUOT":
      return { id: "check_store", how: "Free some disk space." };
    case "EMFILE":
      return { id: "check_store", how: "The process has too many open files." };
    default:
      return { id: "check_store", how: "Check the disk." };
  }
}

/** Converts file system errors to `StoreFailed` with the action, the path and a remedy. */
export async function explainFailure<T>(doing: string, path: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    const { name, message, syscall } = Object(error) as Partial<NodeJS.ErrnoException>;
    if (name === "NotCapable") {
      const [flag = "more permissions"] = /--allow-[a-z]+/.exec(message ?? "") ?? [];
      const remedy = { id: "check_store", how: `Run Deno with ${flag}.` } as const;
      throw fileFailure(`Deno does not allow this program to ${doing} ${path}.`, { remedy });
    }
    if (isVmsError(error) || syscall === undefined) throw error;
    const code = fileErrorCode(error);
    throw fileFailure(`could not ${doing} ${path} (${code}).`, { retryable: true, remedy: remedyOf(code, path) });
  }
}
