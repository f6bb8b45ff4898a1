#!/usr/bin/env node
// Before all others: they call what an old Node does not have.
import "./node-version.ts";
import { lstatSync } from "node:fs";
import { enableCompileCache } from "node:module";
import { dirname } from "node:path";
import process from "node:process";
import { makeDirectory } from "./files/make-directory.ts";
import { places } from "./files/places.ts";
import { main } from "./main.ts";
import { version } from "./version.ts";

// What is asked most often by scripts needs no other file.
if (process.argv.length === 3 && ["--version", "-V"].includes(process.argv[2] ?? "")) {
  process.stdout.write(`${version}\n`);
} else {
  void run();
}

async function run(): Promise<void> {
  keepCompiled(places().cache);
  process.exitCode = await main(process.argv.slice(2));
}

// In a directory of this user's own: whoever can write there, or put another in its place, runs as this user.
function keepCompiled(directory: string): void {
  try {
    makeDirectory(directory);
    const home = process.env.VMS_HOME;
    const all = [directory, dirname(directory), ...(home ? [home] : [])];
    if (all.every(isOwn)) enableCompileCache(directory);
  } catch {
    // A disk that cannot be written to only costs time.
  }
}

// On Windows a user's directories are closed to others by their access lists.
function isOwn(directory: string): boolean {
  if (process.platform === "win32") return true;
  const stats = lstatSync(directory);
  return stats.isDirectory() && stats.uid === process.geteuid?.() && (stats.mode & 0o022) === 0;
}
