#!/usr/bin/env node
import { mkdirSync } from "node:fs";
import { enableCompileCache } from "node:module";
import process from "node:process";
import { version } from "./version.ts";

// What is asked most often by scripts needs nothing of the rest.
if (process.argv.length === 3 && ["--version", "-V"].includes(process.argv[2] ?? "")) {
  process.stdout.write(`${version}\n`);
} else {
  void run();
}

async function run(): Promise<void> {
  const { places } = await import("./places.ts");
  keepCompiled(places().cache);
  const { main } = await import("./main.ts");
  process.exitCode = await main(process.argv.slice(2));
}

// In a directory of this user's own: what lies in Node's default one, below /tmp, may have been put there by others.
function keepCompiled(directory: string): void {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    enableCompileCache(directory);
  } catch {
    // A disk that cannot be written to only costs time.
  }
}
