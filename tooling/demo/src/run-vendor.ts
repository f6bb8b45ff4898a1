import { isVmsError, type SessionOptions } from "@vms/core";
import type { VendorServer } from "@vms/simulator";
import type { Vendor } from "./vendors.ts";

/** Where a vendor's row runs: a simulator, which can revoke sessions, or a real deployment, which is left alone. */
export type Deployment =
  | { readonly kind: "simulator"; readonly baseUrl: string; readonly server: VendorServer }
  | { readonly kind: "real"; readonly baseUrl: string; readonly username: string; readonly password: string };

/** What a row of the table shows. */
export interface Outcome {
  readonly endsAt: string;
  readonly calls: number;
  readonly logins: number;
  readonly ms: number;
}

/** Reads a real deployment from the environment, where one is set. */
export function realDeployment(vendor: Vendor, env: NodeJS.ProcessEnv): Deployment | undefined {
  const names = ["URL", "USERNAME", "PASSWORD"].map((name) => `${vendor.environment}_${name}`);
  const [baseUrl, username, password] = names.map((name) => env[name] || undefined);
  if (baseUrl && username && password) return { kind: "real", baseUrl, username, password };
  const missing = names.filter((name) => !env[name]);
  if (missing.length === names.length) return undefined;
  throw new Error(`To use a real ${vendor.name}, set ${missing.join(" and ")} as well.`);
}

/**
 * One vendor's life: sign in, call, be dropped, call again with one new login, sign out, and be refused.
 * @throws when any of it did not go as it should, naming what.
 */
export async function runVendor(
  vendor: Vendor,
  deployment: Deployment,
  say: (step: string) => void,
  options: Partial<SessionOptions> = {},
): Promise<Outcome> {
  const started = performance.now();
  const credentials = deployment.kind === "real" ? deployment : deployment.server.account;
  const session = vendor.create({ ...options, baseUrl: deployment.baseUrl, credentials });
  let logins = 0;
  let calls = 0;
  for (const event of ["login", "renewed"] as const) session.on(event, () => void logins++);

  const call = async () => {
    calls++;
    const response = await session.fetch(vendor.firstCall);
    await response.arrayBuffer();
    must(response.ok, `${vendor.firstCall} was answered ${response.status}`);
  };

  say("signing in");
  const info = await session.login();
  say("calling");
  await call();
  must(logins === 1, `${logins} logins so far, where 1 was right`);

  if (deployment.kind === "simulator") {
    say("dropped by the vendor, calling again");
    deployment.server.revokeAll();
    await call();
    must(logins === 2 && deployment.server.logins === 2, `${logins} logins after being dropped, where 2 were right`);
  }

  say("signing out");
  await session.logout();
  if (deployment.kind === "simulator" && vendor.endsAtVendor) {
    must(deployment.server.sessions === 0, "the vendor still holds a session after sign-out");
  }
  calls++;
  const refused = await session.fetch(vendor.firstCall).then(
    () => undefined,
    (error: unknown) => error,
  );
  must(isVmsError(refused) && refused.code === "session_closed", "a call after sign-out was not refused");
  return { endsAt: endOf(info), calls, logins, ms: performance.now() - started };
}

function must(held: boolean, otherwise: string): void {
  if (!held) throw new Error(otherwise);
}

function endOf({ expiresAt, idleTimeout }: { expiresAt?: number; idleTimeout?: number }): string {
  const ends = [
    expiresAt === undefined ? "" : `${new Date(expiresAt).toISOString().slice(0, 16).replace("T", " ")} UTC`,
    idleTimeout === undefined ? "" : `${idleTimeout / 60_000} min after last use`,
  ].filter((end) => end !== "");
  return ends.join(", ") || "not said by the vendor";
}
