import { spawnSync } from "node:child_process";

/** The search path, including the administrators' directories for servers. */
export const PROGRAM_PATH: string = [process.env.PATH, "/usr/sbin", "/sbin"].join(":");

/** Whether all programs are installed. */
export function areInstalled(programs: readonly string[]): boolean {
  const env = { ...process.env, PATH: PROGRAM_PATH };
  return programs.every(
    (program) => spawnSync("sh", ["-c", 'command -v "$1"', "which", program], { env }).status === 0,
  );
}
