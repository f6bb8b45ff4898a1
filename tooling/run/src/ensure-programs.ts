import { has, installPackages } from "./install-packages.ts";

/** The programs that the tests call, and their Debian packages. */
const PROGRAMS = { chromium: "chromium", curl: "curl", "redis-server": "redis-server" };

/** Installs missing programs with apt-get if it has permission. Otherwise prints what to install. */
export function ensurePrograms(): void {
  const missing = Object.entries(PROGRAMS).filter(([program]) => !has(program));
  if (missing.length === 0) return;
  const packages = missing.map(([, name]) => name);
  console.log(`Installing ${packages.join(", ")}, which the tests call.`);
  installPackages(packages);
  const still = missing.filter(([program]) => !has(program)).map(([program]) => program);
  if (still.length > 0) {
    console.error(
      `The tests call ${still.join(", ")}. Install ${packages.join(", ")} with your system's package manager.`,
    );
    process.exit(1);
  }
}
