import type { Stats } from "node:fs";

/** Whether permission bits apply. On Windows, access lists protect a user's profile instead. */
export function hasModes(): boolean {
  return process.platform !== "win32";
}

/** By the effective user. Always `true` without user ids. */
export function ownsFile(stats: Pick<Stats, "uid">): boolean {
  const uid = process.geteuid?.();
  return uid === undefined || stats.uid === uid;
}

/** @param bits such as `0o077`. Always `false` without modes. */
export function isOpenToOthers(stats: Stats, bits: number): boolean {
  return hasModes() && (stats.mode & bits) !== 0;
}
