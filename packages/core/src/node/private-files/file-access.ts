import type { Stats } from "node:fs";

/** Whether permission bits mean anything here. On Windows, access lists close a user's profile to other users. */
export function hasModes(): boolean {
  return process.platform !== "win32";
}

/** Whether a file belongs to the user that this process acts for. Always `true` if the platform has no user ids. */
export function ownsFile(stats: Pick<Stats, "uid">): boolean {
  const uid = process.geteuid?.();
  return uid === undefined || stats.uid === uid;
}

/** Whether other users have any of these permission bits on a file, for example `0o077`. Never, if there are no modes. */
export function isOpenToOthers(stats: Stats, bits: number): boolean {
  return hasModes() && (stats.mode & bits) !== 0;
}
