#!/usr/bin/env node
// First import: checks the Node version before other files use what an old Node lacks.
import "./node-version.ts";
import { existsSync, lstatSync } from "node:fs";
import { enableCompileCache } from "node:module";
import { dirname } from "node:path";
import process from "node:process";
import { main } from "./main.ts";
import type { System } from "./system/system.ts";
import { thisProcess } from "./this-process.ts";
import { version } from "./version.ts";

// Answered without loading any command, because scripts ask for it most often.
if (process.argv.length === 3 && ["--version", "-V"].includes(process.argv[2] ?? "")) {
  process.stdout.write(`${version}\n`);
} else {
  void run();
}

async function run(): Promise<void> {
  const system = await thisProcess();
  await cacheCompiledCode(system);
  process.exitCode = await main(system);
}

// Only in a directory of this user, because anyone who can write there can run code as this user.
async function cacheCompiledCode(system: System): Promise<void> {
  try {
    const directory = system.places.cache;
    // Needed once. Imported late, because it loads the core before its compiled code is found.
    if (!existsSync(directory)) (await import("@vms/core/internal/node")).makeDirectory(directory);
    const home = process.env.VMS_HOME;
    const all = [directory, dirname(directory), ...(home ? [home] : [])];
    if (all.every(isOwn)) enableCompileCache(directory);
  } catch {
    // An unwritable disk, or no home directory, only costs start-up time.
  }
}

// On Windows access control lists already close a user's directories to others.
function isOwn(directory: string): boolean {
  if (process.platform === "win32") return true;
  const stats = lstatSync(directory);
  return stats.isDirectory() && stats.uid === process.geteuid?.() && (stats.mode & 0o022) === 0;
}
