import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { Scene } from "./scene.ts";

/** A file with the token, a free port, and a SIGTERM once the proxy listens. */
export function sidecar(): Scene {
  const folder = mkdtempSync(join(tmpdir(), "vms-sidecar-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, "proxy_token");
  writeFileSync(file, "made-up-token-of-32-characters-or-more\n", { mode: 0o600 });
  return {
    env: { VMS_PROXY_TOKEN_FILE: file, PORT: "0" },
    during(child) {
      child.stdout?.once("data", () => child.kill("SIGTERM"));
    },
  };
}
