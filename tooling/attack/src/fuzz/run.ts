import { isVmsError, memoryStore, type Session, type SessionEvent } from "@vms/core";
import type { VendorServer } from "@vms/simulator";
import type { Vendor } from "@vms-tooling/demo/vendors";
import { undocumented } from "../faults/say.ts";
import { pathOf } from "../faults/steps.ts";
import { leakIn, shown } from "../shown.ts";
import { createEdge } from "./edge.ts";
import { neverEnds, type Plan } from "./plan.ts";
import type { Variant } from "./variants.ts";

/** After these, the same credentials are not tried again by themselves. */
const FINAL = new Set<string>([
  "invalid_credentials",
  "account_unavailable",
  "second_factor_required",
  "second_factor_rejected",
  "invalid_request",
]);

/** How long anything may take that does not wait for its own time limit, in ms. */
const HANG = 5_000;

/** One run: spoils answers, and looks at what comes of it. */
export async function fuzzOnce(vendor: Vendor, { server, create: open }: Variant, plan: Plan): Promise<string> {
  server.reset();
  const edge = createEdge(server);
  const errors: unknown[] = [];
  const store = plan.stored ? { store: memoryStore() } : {};
  const create = (): Session => {
    const session = open({
      ...store,
      baseUrl: server.baseUrl,
      credentials: server.account,
      fetch: edge.fetch,
      timeout: neverEnds(plan) ? 100 : 2 * HANG,
      retry: { attempts: 3, minDelay: 0.1, maxDelay: 0.1, maxRetryAfter: 1 },
    });
    const note = (event: SessionEvent) => {
      if ("error" in event && event.error !== undefined) errors.push(event.error);
    };
    for (const type of ["renewal_failed", "store_failed", "logout"] as const) session.on(type, note);
    return session;
  };
  const session = create();
  if (plan.live || plan.target === "call") await session.login();
  edge.aim(pathOf(vendor, plan.target), plan);
  const outcome =
    plan.target === "call"
      ? await spoiltCall(session, server, plan, errors, () => edge.secrets.all())
      : await spoiltLogin(session, plan, errors);
  edge.calm();
  if (edge.spoilt() === 0) throw new Error("nothing was spoilt");
  await stillWorks(session, server, errors);
  if (plan.stored) await stillWorks(create(), server, errors);
  must("shows a secret", leakIn(errors.map(shown).join("\n"), edge.secrets.all()));
  // What it says of the password came from the vendor's own Location, and went where that said.
  const strayed = edge.strayed.map((request) => request.replace(server.account.password, ""));
  must("sent a secret away", leakIn(strayed.join("\n"), edge.secrets.all()));
  return outcome;
}

async function spoiltLogin(session: Session, plan: Plan, errors: unknown[]): Promise<string> {
  const before = JSON.stringify(session.info);
  try {
    await bounded(plan.live ? session.renew() : session.login());
    return "success";
  } catch (error) {
    errors.push(error);
    must("a login failed", undocumented(error));
    must("a failed login changed the session", JSON.stringify(session.info) === before ? "" : "info differs");
    return isVmsError(error) ? error.code : "network";
  }
}

async function spoiltCall(
  session: Session,
  server: VendorServer,
  plan: Plan,
  errors: unknown[],
  secrets: () => ReadonlySet<string>,
): Promise<string> {
  const never = neverEnds(plan);
  const signal = never ? AbortSignal.timeout(100) : null;
  try {
    const response = await bounded(session.fetch(server.firstCall, { signal }));
    must("a response has Set-Cookie", response.headers.has("set-cookie") ? "it has" : "");
    must("a response's address", leakIn(response.url.replace(server.account.password, ""), secrets()));
    await bounded(response.arrayBuffer().catch(() => undefined));
    return "response";
  } catch (error) {
    errors.push(error);
    must("a call failed", undocumented(error, never));
    return isVmsError(error) ? error.code : "network";
  }
}

/** With the vendor as it should be, the next call is answered, after one new login at most; refused credentials wait for `renew()`. */
async function stillWorks(session: Session, server: VendorServer, errors: unknown[]): Promise<void> {
  const before = server.logins;
  try {
    const response = await bounded(session.fetch(server.firstCall));
    must("the next call", response.status === 200 ? "" : `was answered ${response.status}`);
  } catch (error) {
    errors.push(error);
    if (!isVmsError(error) || !FINAL.has(error.code)) throw error;
    await bounded(session.renew());
    const response = await bounded(session.fetch(server.firstCall));
    must("a call after renew()", response.status === 200 ? "" : `was answered ${response.status}`);
  }
  must("the next call", server.logins - before > 1 ? `took ${server.logins - before} logins` : "");
}

function must(what: string, problem: string): void {
  if (problem !== "") throw new Error(`${what}: ${problem}`);
}

async function bounded<T>(promise: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const hang = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`it hangs: nothing after ${HANG} ms`)), HANG);
  });
  try {
    return await Promise.race([promise, hang]);
  } finally {
    clearTimeout(timer);
  }
}
