import type { Vendor } from "@vms-tooling/demo/vendors";
import type { Fault } from "./rows.ts";
import { count, sayError, undocumented } from "./say.ts";
import type { Step } from "./steps.ts";
import { LIFETIME, type World } from "./world.ts";

/** What came out of a step, in words, and what broke a promise. */
export interface Came {
  readonly text: string;
  readonly problems: readonly string[];
}

/** Does one step while the fault is on. */
export async function act(world: World, vendor: Vendor, fault: Fault, step: Step): Promise<Came> {
  if (step === "call") return actCall(world, vendor, fault);
  if (step === "renewal") return actRenewal(world, vendor);
  if (step === "logout") return actLogout(world);
  return whileArmed(world, undefined, async () => {
    await world.session.login();
    return "signed in";
  });
}

async function actCall(world: World, vendor: Vendor, fault: Fault): Promise<Came> {
  const { session } = world;
  await session.login();
  const before = world.logins();
  world.arm(true);
  const problems: string[] = [];
  const signal = fault.stalls ? AbortSignal.timeout(200) : null;
  const failed = (error: unknown) => {
    world.seen.push(error);
    problems.push(undocumented(error, fault.stalls));
    return sayError(error);
  };
  const text = await session.fetch(vendor.firstCall, { signal }).then(async (response) => {
    world.seen.push(response);
    const body = await response.text().catch((error: unknown) => {
      world.seen.push(error);
      // The body is the runtime's own: what breaks it off is the runtime's error.
      if (!(error instanceof TypeError)) problems.push(undocumented(error, fault.stalls));
      return error instanceof TypeError ? "cut" : "limit";
    });
    const rest: Record<string, string> = {
      "": ", empty",
      cut: ", its body breaks off",
      limit: ", its body ends at the caller's own time limit",
      elsewhere: " from there, sent without the credential",
    };
    const redirected = response.redirected && body !== "elsewhere" ? " of where it led" : "";
    return `response ${response.status}${redirected}${rest[body] ?? ""}`;
  }, failed);
  const made = world.logins() - before;
  return { text: text + (made === 0 ? "" : ` after ${count(made, "new login")}`), problems };
}

async function actRenewal(world: World, vendor: Vendor): Promise<Came> {
  const { session } = world;
  await session.login();
  world.advance(LIFETIME - LIFETIME / 20);
  const outcome = world.next("renewed", "renewal_failed");
  // The call that starts it goes first: with some vendors, a login ends the session before it.
  const called = Promise.withResolvers<void>();
  return whileArmed(world, called.promise, async () => {
    const response = await session.fetch(vendor.firstCall);
    await response.arrayBuffer();
    called.resolve();
    const event = await outcome;
    if (event.type === "renewal_failed") throw event.error;
    if (!response.ok) throw new Error(`the call was answered ${response.status}`);
    return "renewed";
  });
}

async function actLogout(world: World): Promise<Came> {
  await world.session.login();
  return whileArmed(world, undefined, async () => {
    await world.session.logout();
    return "signed out";
  });
}

async function whileArmed(
  world: World,
  after: Promise<unknown> | undefined,
  run: () => Promise<string>,
): Promise<Came> {
  const before = world.sent.filter(isOfSession).length;
  world.arm(true, after);
  const problems: string[] = [];
  const text = await run().catch((error: unknown) => {
    world.seen.push(error);
    problems.push(undocumented(error));
    return sayError(error);
  });
  return { text: `${text}, ${count(world.sent.filter(isOfSession).length - before, "request")}`, problems };
}

/** Whether a path is one of signing in or out, and not a call's. */
export function isOfSession(path: string): boolean {
  return /\/(dologin|logout\/?|auth\/login\/|login|authenticate|authorize|auth\/token)$/.test(path);
}
