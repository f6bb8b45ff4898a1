import process from "node:process";
import type { Profile } from "../profiles/config.ts";
import { vendors } from "../profiles/vendors.ts";
import { isElsewhere, otherOwner } from "./environment-secrets.ts";
import { readPassword } from "./saved-password.ts";

/** A password that nobody has to be asked for, and where it is from. */
export interface KnownPassword {
  readonly password: string;
  readonly from: "environment" | "saved" | "none needed";
}

/** The password of a profile, where it is known: the environment's, else what was saved. */
export async function knownPassword(profile: Profile): Promise<KnownPassword | undefined> {
  if (isPasswordless(profile)) return { password: "", from: "none needed" };
  const given = environmentPassword(profile);
  if (given !== undefined) return { password: given, from: "environment" };
  const saved = await readPassword(profile);
  return saved ? { password: saved, from: "saved" } : undefined;
}

/** The password of the environment. It is sent for no other user, and to no other place, than those it belongs to. */
export function environmentPassword(profile: Profile): string | undefined {
  if (isPasswordless(profile)) return undefined;
  const given = process.env[`${vendors[profile.vendor].prefix}_PASSWORD`];
  return given && otherOwner(profile) === undefined ? given : undefined;
}

/** The environment's key of an integration, which is no user's; only where the environment names no other place. */
export function environmentApiKey(profile: Profile): string | undefined {
  const key = process.env[`${vendors[profile.vendor].prefix}_API_KEY`];
  return key && !isElsewhere(profile) ? key : undefined;
}

/** Why the environment's password is not this profile's, where there is one that is not. */
export function whyNotGiven(profile: Profile): string | undefined {
  const { prefix } = vendors[profile.vendor];
  const other = process.env[`${prefix}_PASSWORD`] ? otherOwner(profile) : undefined;
  return other === undefined ? undefined : `${prefix}_PASSWORD is not used here: ${other}`;
}

/** Whether the profile signs in by a face alone. */
function isPasswordless({ vendor, options = {} }: Profile): boolean {
  return vendor === "findface" && options.face !== undefined && options.mode !== "face_and_password";
}
