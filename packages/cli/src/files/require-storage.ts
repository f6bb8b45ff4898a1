import { access, constants } from "node:fs/promises";
import { dirname } from "node:path";
import { fileErrorCode, makeDirectory } from "@vms/core/internal/node";
import { CliError } from "../errors/cli-error.ts";
import { EXIT } from "../errors/exit-codes.ts";
import type { System } from "../system/system.ts";

/**
 * Makes sure that a session can be stored, before a password is asked for and sent.
 * @throws {CliError} if a directory cannot be created or written.
 */
export async function requireStorage({ places }: System): Promise<void> {
  for (const path of new Set([dirname(places.config), dirname(places.sessions)])) {
    try {
      makeDirectory(path);
      await access(path, constants.W_OK);
    } catch (error) {
      const what = `nothing can be stored in ${path} (${fileErrorCode(error)}).`;
      throw new CliError(EXIT.failed, what, "Set VMS_HOME to a directory that this user can write to.");
    }
  }
}
