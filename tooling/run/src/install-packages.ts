import { spawnSync } from "node:child_process";

/**
 * Installs Debian packages without starting their services: the tests start their own. Debian asks `policy-rc.d` before it
 * starts a service; an existing one is kept.
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

/** Whether a program is on the `PATH`. */
export const has = (program: string): boolean => spawnSync("sh", ["-c", `command -v ${program}`]).status === 0;

/** Installs Debian packages with apt-get, if possible as root or by sudo without a password. */
export function installPackages(packages: readonly string[]): void {
  const isRoot = process.getuid?.() === 0;
  if (!has("apt-get") || !(isRoot || has("sudo"))) return;
  const [program = "sh", ...rest] = [...(isRoot ? [] : ["sudo", "-n"]), "sh", "-c", INSTALL, "install", ...packages];
  spawnSync(program, rest, { stdio: "inherit" });
}
