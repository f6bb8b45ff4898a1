import { setImmediate } from "node:timers/promises";
import type { Step, Way } from "../ways/ways.ts";
import type { Fault } from "./rows.ts";
import { count, sayError, undocumented } from "./say.ts";
import { LIFETIME, type World } from "./world.ts";

/** What came out of a step, in words, and what broke a promise. */
export interface Came {
  readonly text: string;
  readonly problems: readonly string[];
}

/** Does one step while the fault is on. */
export async function act(world: World, way: Way, fault: Fault, step: Step): Promise<Came> {
  switch (step.kind) {
    case "call":
      return actCall(world, fault);
    case "method":
      return actMethod(world, way, fault);
    case "renewal":
      return actRenewal(world, way);
    case "logout":
      return actLogout(world, way);
    case "login":
      return actLogin(world, way);
  }
}

/** Signs in, and says what came of it. */
export function actLogin(world: World, way: Way, signal?: AbortSignal): Promise<Came> {
  return whileArmed(world, way, undefined, async () => {
    await world.session.login(signal === undefined ? {} : { signal });
    return "signed in";
  });
}

async function actCall(world: World, fault: Fault): Promise<Came> {
  const { session, firstCall } = world;
  await session.login();
  const before = world.logins();
  world.arm(true);
  const problems: string[] = [];
  const stalls = fault.stalls !== undefined;
  const signal = stalls ? world.limit : null;
  const failed = (error: unknown) => {
    world.seen.push(error);
    problems.push(undocumented(error, stalls));
    return sayError(error);
  };
  const text = await session.fetch(firstCall, { signal }).then(async (response) => {
    world.seen.push(response);
    const body = await response.text().catch((error: unknown) => {
      world.seen.push(error);
      // The body is the runtime's own: what breaks it off is the runtime's error.
      if (!(error instanceof TypeError)) problems.push(undocumented(error, stalls));
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
  return { text: text + newLogins(world.logins() - before), problems };
}

async function actMethod(world: World, { method }: Way, fault: Fault): Promise<Came> {
  const { session } = world;
  await session.login();
  const before = world.logins();
  world.arm(true);
  const problems: string[] = [];
  const stalls = fault.stalls !== undefined;
  const wait = stalls ? { signal: world.limit } : {};
  const text = await Promise.resolve(method?.run(session, wait)).then(
    (value) => {
      world.seen.push(value);
      return typeof value === "boolean" ? String(value) : "an answer";
    },
    (error: unknown) => {
      world.seen.push(error);
      problems.push(undocumented(error, stalls));
      return sayError(error);
    },
  );
  return { text: text + newLogins(world.logins() - before), problems };
}

function newLogins(many: number): string {
  return many === 0 ? "" : ` after ${count(many, "new login")}`;
}

async function actRenewal(world: World, way: Way): Promise<Came> {
  const { session } = world;
  await session.login();
  world.advance(LIFETIME - LIFETIME / 20);
  const outcome = world.next("renewed", "renewal_failed");
  // The call that starts it goes first: with some vendors, a login ends the session before it.
  const called = Promise.withResolvers<void>();
  return whileArmed(world, way, called.promise, async () => {
    const response = await session.fetch(world.firstCall);
    await response.arrayBuffer();
    called.resolve();
    const event = await outcome;
    if (event.type === "renewal_failed") throw event.error;
    if (!response.ok) throw new Error(`the call was answered ${response.status}`);
    return event.type === "renewed" && event.by === "extend" ? "prolonged" : "renewed";
  });
}

async function actLogout(world: World, way: Way): Promise<Came> {
  await world.session.login();
  return whileArmed(world, way, undefined, async () => {
    await world.session.logout();
    return "signed out";
  });
}

async function whileArmed(
  world: World,
  { asks }: Way,
  after: Promise<unknown> | undefined,
  run: () => Promise<string>,
): Promise<Came> {
  const before = world.sent.filter(world.isOfSession).length;
  const askedBefore = world.human.asked;
  world.arm(true, after);
  const problems: string[] = [];
  const text = await run().catch((error: unknown) => {
    world.seen.push(error);
    problems.push(undocumented(error));
    return sayError(error);
  });
  // What is sent at once although nobody waits for it, such as a sign-out, counts as well.
  await setImmediate();
  const requests = count(world.sent.filter(world.isOfSession).length - before, "request");
  const asked = world.human.asked - askedBefore;
  return { text: `${text}, ${requests}${asks === undefined ? "" : `, ${count(asked, asks)}`}`, problems };
}
