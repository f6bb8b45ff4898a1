import { rm } from "node:fs/promises";
import process from "node:process";
import { usage } from "../errors/cli-error.ts";
import { places } from "../files/places.ts";
import { readPrivate, writePrivate } from "../files/private-file.ts";
import type { VendorName } from "./vendors.ts";

/** Where a simulated vendor is, and who can sign in there. */
export interface SimulatedVendor {
  readonly baseUrl: string;
  readonly username: string;
  readonly password: string;
}

/** Tells `vms login --simulator` where the simulator is: in a file that only this user can read. */
export async function writeSimulatorFile(vendors: Readonly<Record<VendorName, SimulatedVendor>>): Promise<void> {
  await writePrivate(places().simulator, `${JSON.stringify({ pid: process.pid, ...vendors }, undefined, 2)}\n`);
}

/**
 * Finds the simulator that `vms simulator` runs.
 * @throws where none runs.
 */
export async function findSimulator(vendor: VendorName): Promise<SimulatedVendor> {
  const text = await readPrivate(places().simulator);
  if (text === undefined) throw notRunning();
  let found: unknown;
  try {
    found = (JSON.parse(text) as Record<string, unknown> | null)?.[vendor];
  } catch {
    // Said below.
  }
  const { baseUrl, username, password } = (found ?? {}) as Partial<Record<keyof SimulatedVendor, unknown>>;
  if (typeof baseUrl !== "string" || typeof username !== "string" || typeof password !== "string") throw notRunning();
  if (!(await answers(baseUrl))) throw notRunning();
  return { baseUrl, username, password };
}

/** Takes the file away, unless another simulator has written it meanwhile. */
export async function removeSimulatorFile(): Promise<void> {
  const found = await read();
  if (found?.pid === process.pid) await rm(places().simulator, { force: true });
}

/**
 * Makes sure that no other simulator runs. The file of one that was killed does not count: its process is gone, or is
 * another program by now, and nothing answers.
 * @throws where one runs.
 */
export async function requireNoSimulator(): Promise<void> {
  const found = await read();
  if (found === undefined || !isAlive(found.pid) || !(await answers(found.url))) return;
  throw usage(
    `a simulator runs already (process ${found.pid}).`,
    "Use it: vms login <vendor> --simulator. Or end it first.",
  );
}

async function read(): Promise<{ readonly pid: number; readonly url: string } | undefined> {
  const text = await readPrivate(places().simulator);
  if (text === undefined) return undefined;
  try {
    const { pid, alta } = JSON.parse(text) as { pid?: unknown; alta?: { baseUrl?: unknown } };
    const url = alta?.baseUrl;
    return typeof pid === "number" && typeof url === "string" ? { pid, url } : undefined;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    // Asks only.
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Whether anything listens there: one that was killed leaves its file behind. */
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
  return usage("the simulator does not run.", "Start it in another terminal: vms simulator");
}
