import process from "node:process";
import { credentialsFromEnv } from "@vms/core/node";
import { totp } from "@vms/core/totp";
import type { Vendor } from "@vms-tooling/vendors";

/** A real deployment, whose sessions the demo does not revoke. */
export interface RealDeployment {
  readonly kind: "real";
  readonly options: Parameters<Vendor["create"]>[0];
}

/**
 * Reads a vendor's real deployment from its environment variables; `undefined` if none is set.
 * @throws {Error} naming the missing variables if only some are set.
 */
export function realDeployment(vendor: Vendor): RealDeployment | undefined {
  const read = (name: string) => process.env[`${vendor.prefix}_${name}`] || undefined;
  const baseUrl = read("URL");
  const required = { URL: baseUrl, USERNAME: read("USERNAME"), PASSWORD: read("PASSWORD") ?? read("PASSWORD_FILE") };
  const missing = Object.entries(required).flatMap(([name, value]) => (value === undefined ? [name] : []));
  if (missing.length === Object.keys(required).length) return undefined;
  if (baseUrl === undefined || missing.length > 0) {
    const names = missing.map((name) => `${vendor.prefix}_${name}${name === "PASSWORD" ? " (or _PASSWORD_FILE)" : ""}`);
    throw new Error(`To use a real ${vendor.title}, set ${names.join(" and ")} as well.`);
  }
  const secret = read("TOTP");
  const secrets = Object.entries(vendor.secrets)
    .map(([option, variable]) => [option, process.env[variable]])
    .filter(([, value]) => value);
  return {
    kind: "real",
    options: {
      baseUrl,
      credentials: credentialsFromEnv(vendor.prefix),
      ...(secret === undefined ? {} : { secondFactor: totp(secret) }),
      ...Object.fromEntries(secrets),
    },
  };
}
