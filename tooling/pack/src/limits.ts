import { allVendors } from "@vms-tooling/vendors";
import { published } from "./packages.ts";

// A change of a number or a list here changes a promise to users.

/** The dependencies and the size of a package. */
export interface Limit {
  /** Every package that `npm install` puts on the disk, itself included. */
  readonly brings: readonly string[];
  readonly megabytes: number;
}

/** The packages that sign in to a vendor, and their factories, in the order of their names. */
export const vendors: Readonly<Record<string, string>> = Object.fromEntries(
  allVendors.map(({ vendor, factory }) => [`@vms/${vendor}`, factory]).sort(),
);

/** The most packages that a vendor may bring: itself, the core, ky, and one more. */
export const mostPackages = 4;

const core = ["@vms/core", "ky"];
const simulator = ["@hono/node-server", "@vms/simulator", "hono"];
const metrics = ["@opentelemetry/api", "bintrees", "prom-client", "tdigest"];
const prompts = [
  ...["ansi", "core", "figures", "input", "password", "select", "type"].map((name) => `@inquirer/${name}`),
  ...["cli-width", "fast-string-truncated-width", "fast-string-width", "fast-wrap-ansi", "mute-stream", "signal-exit"],
];

/** What vendors bring besides the core. */
const further: Readonly<Record<string, readonly string[]>> = { "@vms/admin-token": ["@date-fns/tz"] };

const all: Readonly<Record<string, Limit>> = {
  ...Object.fromEntries(
    Object.keys(vendors).map((name) => [name, { brings: [name, ...core, ...(further[name] ?? [])], megabytes: 2 }]),
  ),
  "@vms/cli": {
    // The core, the vendors, the parser, the table, the progress bar and the proxy are in its own files.
    brings: ["@vms/cli", ...simulator, ...prompts, ...metrics, "@napi-rs/keyring", "undici"],
    megabytes: 16,
  },
  "@vms/core": { brings: core, megabytes: 2 },
  "@vms/proxy": { brings: ["@vms/proxy", ...core, ...metrics, "undici"], megabytes: 6 },
  "@vms/redis": { brings: ["@vms/redis", ...core], megabytes: 2 },
  "@vms/simulator": { brings: simulator, megabytes: 3 },
  "@vms/test-suite": { brings: ["@vms/test-suite", ...core], megabytes: 2 },
};

/** The limits of every package that is published. A package without limits here may bring nothing. */
export const limits: Readonly<Record<string, Limit>> = Object.fromEntries(
  published.map(({ name }) => [name, all[name] ?? { brings: [name], megabytes: 0 }]),
);

/** The goal for the gzipped bundle of a program that uses one vendor, with ky, in bytes. */
export const bundleGoal: number = 30 * 1024;

/** The limit until the goal is met, in bytes. It keeps the bundle from growing. */
export const bundleLimit: number = 50 * 1024;

/** How much longer importing a vendor may take than importing ky. A time: reported, not tested. */
export const coldImportGoal = 1.3;
