import { formatDuration, formatInstant } from "../../command-line/format-time.ts";
import { formatTable } from "../../command-line/table.ts";
import { apiHost, type ProfileStatus } from "../../sessions/profile-status.ts";
import { styled } from "../../system/colours.ts";
import type { System } from "../../system/system.ts";

const HEADINGS = ["PROFILE", "VENDOR", "ACCOUNT", "HOST", "STATE", "EXPIRES", "LAST USED"] as const;

/** Formats profiles and their sessions as a table. */
export function statusTable({ stdout, env }: System, rows: readonly ProfileStatus[], now: number): string {
  const colour = (format: "dim" | "green" | "yellow", text: string) => styled(format, text, stdout, env);
  return formatTable(
    HEADINGS.map((heading) => colour("dim", heading)),
    rows.map((row) => [
      row.name,
      row.profile.vendor,
      accountOf(row),
      apiHost(row),
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
  if (end === undefined) return state === "signed-in" ? "unknown" : "-";
  if (end <= now) return `${formatDuration(now - end)} ago`;
  return `in ${formatDuration(end - now)}${end === expiresAt ? "" : " if idle"}`;
}

function usedOf({ usedAt }: ProfileStatus, now: number): string {
  if (usedAt === undefined) return "-";
  const ago = now - usedAt;
  return ago < 24 * 3_600_000 ? `${formatDuration(ago)} ago` : formatInstant(usedAt);
}
