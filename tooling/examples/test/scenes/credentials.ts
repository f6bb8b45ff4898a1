import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { Scene } from "./scene.ts";

/** A file with the account, closed to other users. */
export function credentials(): Scene {
  const folder = mkdtempSync(join(tmpdir(), "vms-account-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "alta.json");
  writeFileSync(file, JSON.stringify({ username: "ada", password: "made-up" }), { mode: 0o600 });
  return { env: { ACCOUNT_FILE: file } };
}
