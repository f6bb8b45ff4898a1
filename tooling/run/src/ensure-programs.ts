import { spawnSync } from "node:child_process";

/** Programs that the tests call, and the Debian packages that have them. */
const PROGRAMS = { chromium: "chromium", curl: "curl", "redis-server": "redis-server" };

/**
 * Installs the given packages without starting their services: the tests start their own, and nobody asked for
 * a server on this machine. Debian asks `policy-rc.d` before it starts a service. An existing one is kept.
 */
const INSTALL = `
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
  trap 'rm -f "$policy"' EXIT
  printf '#!/bin/sh\\nexit 101\\n' > "$policy"
  chmod 755 "$policy"
fi
export DEBIAN_FRONTEND=noninteractive
apt-get update -q
apt-get install -q -y --no-install-recommends "$@" || exit
for package in "$@"; do
  if [ "$package" = redis-server ] && [ -d /run/systemd/system ]; then systemctl disable redis-server; fi
done
`;

const has = (program: string) => spawnSync("sh", ["-c", `command -v ${program}`]).status === 0;

/** Installs missing programs with apt-get if that is allowed. Otherwise prints what to install. */
export function ensurePrograms(): void {
  const missing = Object.entries(PROGRAMS).filter(([program]) => !has(program));
  if (missing.length === 0) return;
  const packages = missing.map(([, name]) => name);
  const root = process.getuid?.() === 0;
  if (has("apt-get") && (root || has("sudo"))) {
    console.log(`Installing ${packages.join(", ")}, which the tests call.`);
    const [program = "sh", ...rest] = [...(root ? [] : ["sudo", "-n"]), "sh", "-c", INSTALL, "install", ...packages];
    spawnSync(program, rest, { stdio: "inherit" });
  }
  const still = missing.filter(([program]) => !has(program)).map(([program]) => program);
  if (still.length > 0) {
    console.error(
      `The tests call ${still.join(", ")}. Install ${packages.join(", ")} with your system's package manager.`,
    );
    process.exit(1);
  }
}
