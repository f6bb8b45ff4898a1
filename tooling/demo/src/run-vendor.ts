import { isVmsError, type SessionOptions } from "@vms/core";
import type { VendorServer } from "@vms/simulator";
import type { Vendor } from "@vms-tooling/vendors";
import { describeCredential } from "./describe-credential.ts";
import type { RealDeployment } from "./real-deployment.ts";

/** A vendor's server: a simulator, which can revoke sessions, or a real deployment. */
export type Deployment =
  | { readonly kind: "simulator"; readonly baseUrl: string; readonly server: VendorServer }
  | RealDeployment;

/** The values of a table row. */
export interface Outcome {
  /** The number of requests of the first login. */
  readonly requests: number;
  /** Where a call carries the credential. */
  readonly credential: string;
  readonly endsAt: string;
  readonly calls: number;
  readonly logins: number;
  readonly ms: number;
}

/**
 * Signs in, makes a call, loses the session, makes another call with one new login, signs out, and is rejected.
 * @throws {Error} naming the step that failed.
 */
export async function runVendor(
  vendor: Vendor,
  deployment: Deployment,
  say: (step: string) => void,
  options: Partial<SessionOptions> = {},
): Promise<Outcome> {
  const started = performance.now();
  const own =
    deployment.kind === "real"
      ? deployment.options
      : { baseUrl: deployment.baseUrl, credentials: deployment.server.account };
  let requests = 0;
  const counting: typeof globalThis.fetch = (input, init) => {
    requests++;
    return (options.fetch ?? globalThis.fetch)(input, init);
  };
  const session = vendor.create({ ...options, ...own, fetch: counting });
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
  const toSignIn = requests;
  const credential = describeCredential(await session.authorization());
  say("calling");
  await call();
  must(logins === 1, `${logins} logins so far, expected 1`);

  if (deployment.kind === "simulator") {
    say("dropped by the vendor, calling again");
    deployment.server.revokeAll();
    await call();
    must(logins === 2 && deployment.server.logins === 2, `${logins} logins after being dropped, expected 2`);
  }

  say("signing out");
  await session.logout();
  if (deployment.kind === "simulator" && vendor.signsOut) {
    must(deployment.server.sessions === 0, "the vendor still has a session after sign-out");
  }
  calls++;
  const refused = await session.fetch(vendor.firstCall).then(
    () => undefined,
    (error: unknown) => error,
  );
  must(isVmsError(refused) && refused.code === "session_closed", "a call after sign-out was not refused");
  return { requests: toSignIn, credential, endsAt: endOf(info), calls, logins, ms: performance.now() - started };
}

function must(held: boolean, otherwise: string): void {
  if (!held) throw new Error(otherwise);
}

function endOf({ expiresAt, idleTimeout }: { expiresAt?: number; idleTimeout?: number }): string {
  const ends = [
    expiresAt === undefined ? "" : `${new Date(expiresAt).toISOString().slice(0, 16).replace("T", " ")} UTC`,
    idleTimeout === undefined ? "" : `${idleTimeout / 60_000} min after last use`,
  ].filter((end) => end !== "");
  return ends.join(", ") || "no known expiry";
}
