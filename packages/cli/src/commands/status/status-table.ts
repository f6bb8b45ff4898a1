import { widthOf } from "../../command-line/fit-text.ts";
import { formatShortDuration } from "../../command-line/format-time.ts";
import { formatTable, type TableLimit, tableWidth } from "../../command-line/table.ts";
import { fullAccount, nameAndVendor } from "../../profiles/profile-cells.ts";
import { apiHost, type ProfileStatus } from "../../sessions/profile-status.ts";
import { styled } from "../../system/colours.ts";
import type { System } from "../../system/system.ts";
import type { StatusOptions } from "./status-options.ts";

/** A column of the table. */
interface Column {
  readonly heading: string;
  readonly cell: (row: ProfileStatus) => string;
  /** How the column may become narrower on a terminal: by truncated values, or by leaving it out. */
  readonly narrow?: readonly ("truncated" | "optional")[];
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
  const columns: readonly Column[] = [
    ...(width === undefined
      ? [
          { heading: "PROFILE", cell: ({ name }: ProfileStatus) => name },
          { heading: "VENDOR", cell: ({ profile }: ProfileStatus) => profile.vendor },
        ]
      : [{ heading: "PROFILE", cell: ({ name, profile }: ProfileStatus) => nameAndVendor(name, profile) }]),
    { heading: "ACCOUNT", cell: ({ profile }) => fullAccount(profile), narrow: ["truncated"] },
    { heading: "HOST", cell: apiHost, narrow: ["truncated", "optional"] },
    {
      heading: "STATE",
      cell: ({ state }) => colour(state === "signed-in" ? "green" : "yellow", state.replaceAll("-", " ")),
    },
    ...(check ? [{ heading: "VALID", cell: ({ checked }: ProfileStatus) => VALID[checked ?? "unasked"] }] : []),
    { heading: "EXPIRES", cell: (row) => endOf(row, now) },
  ];
  const used: Column = { heading: "USED", cell: (row) => usedOf(row, now) };
  const format = (shown: readonly Column[], limit?: TableLimit) =>
    formatTable(
      shown.map(({ heading }) => colour("dim", heading)),
      rows.map((row) => shown.map(({ cell }) => cell(row))),
      limit,
    );
  const full = format([...columns, used]);
  if (width === undefined) return full;
  // The least important column: other values are not truncated for it.
  const isUsedShown =
    rows.some(({ usedAt }) => usedAt !== undefined) && full.split("\n").every((line) => widthOf(line) <= width);
  if (isUsedShown) return full;
  const indexes = (how: "truncated" | "optional") =>
    columns.flatMap(({ narrow = [] }, index) => (narrow.includes(how) ? [index] : []));
  return format(columns, { width, truncated: indexes("truncated"), optional: indexes("optional") });
}

/** What the vendor said about a session. */
const VALID = { valid: "yes", refused: "no", failed: "?", unasked: "-" } as const;

function usedOf({ usedAt }: ProfileStatus, now: number): string {
  return usedAt === undefined ? "-" : `${formatShortDuration(now - usedAt)} ago`;
}

function endOf({ state, expiresAt, idleEndsAt }: ProfileStatus, now: number): string {
  const ends = [expiresAt, idleEndsAt].filter((end) => end !== undefined);
  if (state === "not-signed-in" || state === "refused") return "-";
  const end = ends.length === 0 ? undefined : Math.min(...ends);
  if (end === undefined) return state === "signed-in" ? "unknown" : "-";
  if (end <= now) return `${formatShortDuration(now - end)} ago`;
  return `in ${formatShortDuration(end - now)}${end === expiresAt ? "" : " if idle"}`;
}
