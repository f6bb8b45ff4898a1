import { allVendors } from "@vms-tooling/vendors";
import { published } from "./packages.ts";

// A change to a number or a list here changes a promise to users.

/** The dependencies and the size of a package. */
export interface Limit {
  /** Every package that `npm install` installs, including the package itself. */
  readonly brings: readonly string[];
  readonly megabytes: number;
}

/** The vendor packages with their factories, sorted by name. */
export const vendors: Readonly<Record<string, string>> = Object.fromEntries(
  allVendors.map(({ vendor, factory }) => [`@vms/${vendor}`, factory]).sort(),
);

/** The maximum number of packages that a vendor may install: itself, the core, ky, and one more. */
export const mostPackages = 4;

const core = ["@vms/core", "ky"];
const simulator = ["@hono/node-server", "@vms/simulator", "hono"];
const metrics = ["@opentelemetry/api", "bintrees", "prom-client", "tdigest"];
const prompts = [
  ...["ansi", "core", "figures", "input", "password", "select", "type"].map((name) => `@inquirer/${name}`),
  ...["cli-width", "fast-string-truncated-width", "fast-string-width", "fast-wrap-ansi", "mute-stream", "signal-exit"],
];

/** The dependencies of vendors besides the core. */
const further: Readonly<Record<string, readonly string[]>> = { "@vms/admin-token": ["@date-fns/tz"] };

const all: Readonly<Record<string, Limit>> = {
  ...Object.fromEntries(
    Object.keys(vendors).map((name) => [name, { brings: [name, ...core, ...(further[name] ?? [])], megabytes: 2 }]),
  ),
  "@vms/cli": {
    // The core, the vendors, the parser, the table, the progress bar and the proxy are bundled.
    brings: ["@vms/cli", ...simulator, ...prompts, ...metrics, "@napi-rs/keyring", "undici"],
    megabytes: 16,
  },
  "@vms/core": { brings: core, megabytes: 2 },
  "@vms/proxy": { brings: ["@vms/proxy", ...core, ...metrics, "undici"], megabytes: 6 },
  "@vms/redis": { brings: ["@vms/redis", ...core], megabytes: 2 },
  "@vms/simulator": { brings: simulator, megabytes: 3 },
  "@vms/test-suite": { brings: ["@vms/test-suite", ...core], megabytes: 2 },
};

/** The limits of every published package. A package without limits may have no dependencies. */
export const limits: Readonly<Record<string, Limit>> = Object.fromEntries(
  published.map(({ name }) => [name, all[name] ?? { brings: [name], megabytes: 0 }]),
);

/** The goal for the gzipped bundle of a program that uses one vendor, including ky, in bytes. */
export const bundleGoal: number = 30 * 1024;

/** The limit until the goal is met, in bytes. */
export const bundleLimit: number = 50 * 1024;

/** How much longer importing a vendor may take than importing ky. A time: reported, not tested. */
export const coldImportGoal = 1.3;
