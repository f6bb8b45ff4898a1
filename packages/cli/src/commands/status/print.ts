import process from "node:process";
import { styleText } from "node:util";
import { failureOf } from "../../failure.ts";
import { tableOf } from "../../table.ts";
import { instantOf, lengthOf } from "../../when.ts";
import { hostOf } from "../login/addresses.ts";
import type { ProfileStatus } from "./profile-status.ts";

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

/** The same for a program. */
export function toJson(rows: readonly ProfileStatus[]): string {
  const list = rows.map((row) => ({
    profile: row.name,
    vendor: row.profile.vendor,
    account: row.profile.username,
    subaccount: row.profile.options?.account ?? null,
    host: placeOf(row),
    url: row.baseUrl ?? row.profile.url ?? null,
    state: row.state,
    signedIn: row.state === "signed-in",
    issuedAt: isoOf(row.issuedAt),
    expiresAt: isoOf(row.expiresAt),
    idleEndsAt: isoOf(row.idleEndsAt),
    usedAt: isoOf(row.usedAt),
    problem: row.problem === undefined ? null : failureOf(row.problem, row).message,
  }));
  return `${JSON.stringify(list, undefined, 2)}\n`;
}

function accountOf({ profile }: ProfileStatus): string {
  const account = profile.options?.account;
  return typeof account === "string" ? `${profile.username} (${account})` : profile.username;
}

// Where calls go, which for some vendors is known only after signing in.
function placeOf({ profile, baseUrl }: ProfileStatus): string {
  return baseUrl === undefined ? hostOf(profile) : new URL(baseUrl).host;
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

function isoOf(ms: number | undefined): string | null {
  return ms === undefined ? null : new Date(ms).toISOString();
}

function colour(format: "dim" | "green" | "yellow", text: string): string {
  return styleText(format, text, { stream: process.stdout });
}
