import { spawnSync } from "node:child_process";

/** Programs that the tests call, and the Debian packages that have them. */
const PROGRAMS = { curl: "curl" };

const has = (program: string) => spawnSync("sh", ["-c", `command -v ${program}`]).status === 0;

/** Installs what is missing with apt-get where that is allowed; else says plainly what to install. */
export function ensurePrograms(): void {
  const missing = Object.entries(PROGRAMS).filter(([program]) => !has(program));
  if (missing.length === 0) return;
  const packages = missing.map(([, name]) => name);
  const root = process.getuid?.() === 0;
  const prefix = root ? [] : ["sudo", "-n"];
  if (has("apt-get") && (root || has("sudo"))) {
    console.log(`Installing ${packages.join(", ")}, which the tests call.`);
    const [program = "apt-get", ...rest] = [...prefix, "apt-get"];
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    spawnSync(program, [...rest, "update", "-q"], { stdio: "inherit", env });
    spawnSync(program, [...rest, "install", "-q", "-y", "--no-install-recommends", ...packages], {
      stdio: "inherit",
      env,
    });
  }
  const still = missing.filter(([program]) => !has(program)).map(([program]) => program);
  if (still.length > 0) {
    console.error(
      `The tests call ${still.join(", ")}. Install ${packages.join(", ")} with your system's package manager.`,
    );
    process.exit(1);
  }
}
