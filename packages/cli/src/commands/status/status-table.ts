import process from "node:process";
import { styleText } from "node:util";
import { instantOf, lengthOf } from "../../command-line/format-time.ts";
import { tableOf } from "../../command-line/table.ts";
import { type ProfileStatus, placeOf } from "../../sessions/profile-status.ts";

const HEADINGS = ["PROFILE", "VENDOR", "ACCOUNT", "HOST", "STATE", "ENDS", "LAST USED"] as const;

/** The table for a person. */
export function toTable(rows: readonly ProfileStatus[], now: number): string {
  return tableOf(
    HEADINGS.map((heading) => colour("dim", heading)),
    rows.map((row) => [
      row.name,
      row.profile.vendor,
      accountOf(row),
      placeOf(row),
      colour(row.state === "signed-in" ? "green" : "yellow", row.state.replaceAll("-", " ")),
      endOf(row, now),
      usedOf(row, now),
    ]),
  );
}

function accountOf({ profile }: ProfileStatus): string {
  const account = profile.options?.account;
  return typeof account === "string" ? `${profile.username} (${account})` : profile.username;
}

function endOf({ state, expiresAt, idleEndsAt }: ProfileStatus, now: number): string {
  const ends = [expiresAt, idleEndsAt].filter((end) => end !== undefined);
  if (state === "not-signed-in" || state === "refused") return "-";
  const end = ends.length === 0 ? undefined : Math.min(...ends);
  if (end === undefined) return state === "signed-in" ? "not known" : "-";
  if (end <= now) return `${lengthOf(now - end)} ago`;
  return `in ${lengthOf(end - now)}${end === expiresAt ? "" : " unless used"}`;
}

function usedOf({ usedAt }: ProfileStatus, now: number): string {
  if (usedAt === undefined) return "-";
  const ago = now - usedAt;
  return ago < 24 * 3_600_000 ? `${lengthOf(ago)} ago` : instantOf(usedAt);
}

function colour(format: "dim" | "green" | "yellow", text: string): string {
  return styleText(format, text, { stream: process.stdout });
}
