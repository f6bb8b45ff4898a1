import { formatShortDuration } from "../../command-line/format-time.ts";
import { formatTable, tableWidth } from "../../command-line/table.ts";
import { apiHost, type ProfileStatus } from "../../sessions/profile-status.ts";
import { styled } from "../../system/colours.ts";
import type { System } from "../../system/system.ts";
import type { StatusOptions } from "./status-options.ts";

/** A column of the table. */
interface Column {
  readonly heading: string;
  readonly cell: (row: ProfileStatus) => string;
  /** Whether long values may be truncated. */
  readonly isTruncated?: true;
}

/**
 * Formats profiles and their sessions as a table, which fits the terminal. Elsewhere it always has all columns, and
 * nothing is truncated.
 */
export function statusTable(
  { stdout, env }: System,
  rows: readonly ProfileStatus[],
  now: number,
  { check }: StatusOptions,
): string {
  const colour = (format: "dim" | "green" | "yellow", text: string) => styled(format, text, stdout, env);
  const width = tableWidth(stdout);
  const saysVendor = width === undefined || rows.some(({ name, profile }) => name !== profile.vendor);
  const columns: readonly Column[] = [
    { heading: "PROFILE", cell: ({ name }) => name },
    ...(saysVendor ? [{ heading: "VENDOR", cell: ({ profile }: ProfileStatus) => profile.vendor }] : []),
    { heading: "ACCOUNT", cell: accountOf, isTruncated: true },
    { heading: "HOST", cell: apiHost, isTruncated: true },
    {
      heading: "STATE",
      cell: ({ state }) => colour(state === "signed-in" ? "green" : "yellow", state.replaceAll("-", " ")),
    },
    ...(check ? [{ heading: "CHECKED", cell: ({ checked }: ProfileStatus) => checked ?? "-" }] : []),
    { heading: "EXPIRES", cell: (row) => endOf(row, now) },
    {
      heading: "USED",
      cell: ({ usedAt }) => (usedAt === undefined ? "-" : `${formatShortDuration(now - usedAt)} ago`),
    },
  ];
  return formatTable(
    columns.map(({ heading }) => colour("dim", heading)),
    rows.map((row) => columns.map(({ cell }) => cell(row))),
    width === undefined
      ? undefined
      : { width, truncated: columns.flatMap(({ isTruncated }, index) => (isTruncated ? [index] : [])) },
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
  if (end <= now) return `${formatShortDuration(now - end)} ago`;
  return `${end === expiresAt ? "in" : "idle"} ${formatShortDuration(end - now)}`;
}
