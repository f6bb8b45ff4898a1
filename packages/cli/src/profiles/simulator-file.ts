import { rm } from "node:fs/promises";
import process from "node:process";
import { usage } from "../errors/cli-error.ts";
import { readPrivate, writePrivate } from "../files/private-file.ts";
import type { Places } from "../system/places.ts";
import type { System } from "../system/system.ts";
import type { Profile } from "./profile.ts";
import { isSameUrl } from "./urls.ts";
import { type VendorName, vendors } from "./vendors.ts";

/** A user of a simulated vendor. */
export interface SimulatedUser {
  readonly username: string;
  readonly password: string;
  /** The secret of the user's authenticator app, if there is one. */
  readonly totpSecret?: string;
}

/** The URL of a simulated vendor, and its account. */
export interface SimulatedVendor extends SimulatedUser {
  readonly baseUrl: string;
  /** More users, with second factors. */
  readonly secondFactors: readonly SimulatedUser[];
}

/** Where to sign in to the simulator, and as whom. */
export interface SimulatedAccount extends SimulatedUser {
  readonly baseUrl: string;
}

/** Writes the URLs and accounts of the simulator for `vms login --simulator`. Only this user can read the file. */
export async function writeSimulatorFile(
  { places }: System,
  vendors: Readonly<Record<VendorName, SimulatedVendor>>,
): Promise<void> {
  await writePrivate(places.simulator, `${JSON.stringify({ pid: process.pid, ...vendors }, undefined, 2)}\n`);
}

/**
 * Finds the simulator that `vms simulator` runs, and a user of it.
 * @param wanted the user name. Default: the user without a second factor.
 * @throws {CliError} if it is not running, or has no such user.
 */
export async function findSimulator(
  { places }: System,
  vendor: VendorName,
  wanted: string | undefined,
): Promise<SimulatedAccount> {
  const found = vendorIn(await readPrivate(places.simulator), vendor);
  if (found === undefined || !(await answers(found.baseUrl))) throw notRunning();
  const { baseUrl } = found;
  const users = usersOf(found);
  const user = wanted === undefined ? users[0] : users.find((one) => one.username === wanted);
  if (user !== undefined) return { baseUrl, ...user };
  throw usage(
    `the simulator has no such user of ${vendors[vendor].title}.`,
    `Users: ${users.map((one) => one.username).join(", ")}.`,
  );
}

/**
 * The password of a profile in the simulator's file. `undefined` if the file has no such user, or another URL: a made-up
 * password is sent to the simulator only.
 */
export async function simulatorPassword({ places }: System, profile: Profile): Promise<string | undefined> {
  const found = vendorIn(await readPrivate(places.simulator), profile.vendor);
  if (found === undefined || profile.url === undefined || !isSameUrl(found.baseUrl, profile.url)) return undefined;
  return usersOf(found).find(({ username }) => username === profile.username)?.password;
}

/** Removes the file, unless another simulator has written it since. */
export async function removeSimulatorFile({ places }: System): Promise<void> {
  const found = await read(places);
  if (found?.pid === process.pid) await rm(places.simulator, { force: true });
}

/**
 * Makes sure that no other simulator is running. The file of a killed simulator names a process that does not exist or is
 * another program, and a URL that does not answer.
 * @throws {CliError} if one is running.
 */
export async function requireNoSimulator({ places }: System): Promise<void> {
  const found = await read(places);
  if (found === undefined || !isAlive(found.pid) || !(await answers(found.url))) return;
  throw usage(
    `a simulator is already running (process ${found.pid}).`,
    "Use it: vms login <vendor> --simulator. Or stop it, and try again.",
  );
}

function vendorIn(text: string | undefined, vendor: VendorName): SimulatedVendor | undefined {
  if (text === undefined) return undefined;
  try {
    const found = (JSON.parse(text) as Partial<Record<VendorName, Partial<SimulatedVendor>>> | null)?.[vendor];
    const { baseUrl, username, password, secondFactors } = found ?? {};
    if (typeof baseUrl !== "string" || typeof username !== "string" || typeof password !== "string") return undefined;
    return { baseUrl, username, password, secondFactors: Array.isArray(secondFactors) ? secondFactors : [] };
  } catch {
    return undefined;
  }
}

function usersOf({ username, password, secondFactors }: SimulatedVendor): readonly SimulatedUser[] {
  return [{ username, password }, ...secondFactors];
}

async function read(places: Places): Promise<{ readonly pid: number; readonly url: string } | undefined> {
  const text = await readPrivate(places.simulator);
  if (text === undefined) return undefined;
  try {
    const { pid, ...served } = JSON.parse(text) as { pid?: unknown; [vendor: string]: unknown };
    const [first] = Object.values(served) as readonly Partial<SimulatedVendor>[];
    const url: unknown = first?.baseUrl;
    return typeof pid === "number" && typeof url === "string" ? { pid, url } : undefined;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    // Signal 0 only checks that the process exists.
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Whether a server answers at a URL. */
async function answers(url: string): Promise<boolean> {
  try {
    const { body } = await fetch(url, { redirect: "manual", signal: AbortSignal.timeout(5_000) });
    await body?.cancel();
    return true;
  } catch {
    return false;
  }
}

function notRunning(): Error {
  return usage("the simulator is not running.", "Start it in another terminal: vms simulator");
}
