import { execFile } from "node:child_process";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";

/** A step that failed, with what its program printed. */
export class StepFailed extends Error {
  override readonly name = "StepFailed";
}

/**
 * Runs a program of the workspace, with the Node that the workspace brings.
 * @throws {StepFailed} with its output, if it fails.
 */
export async function run(
  root: string,
  folder: string,
  [program, ...args]: readonly [string, ...string[]],
  env: Readonly<Record<string, string>> = {},
): Promise<void> {
  const bins = [join(root, folder, "node_modules/.bin"), join(root, "node_modules/.bin"), process.env.PATH ?? ""];
  try {
    await promisify(execFile)(program, args, {
      cwd: join(root, folder),
      env: { ...process.env, TURBO_TELEMETRY_DISABLED: "1", ...env, PATH: bins.join(delimiter) },
      maxBuffer: 64 * 1024 * 1024,
    });
  } catch (error) {
    const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string };
    const output = `${stdout}${stderr}`.trimEnd().split("\n").slice(-40).join("\n");
    const command = [program, ...args].join(" ");
    throw new StepFailed(`\`${command.length > 100 ? `${command.slice(0, 100)} …` : command}\` failed:\n${output}`, {
      cause: error,
    });
  }
}
