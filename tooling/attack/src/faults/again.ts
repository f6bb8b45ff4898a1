import { isVmsError } from "@vms/core";
import type { Step } from "../ways/ways.ts";
import { sayError } from "./say.ts";
import { LIFETIME, type World } from "./world.ts";

/** After these, the same credentials are not tried again by themselves. */
const FINAL = new Set([
  "invalid_credentials",
  "account_unavailable",
  "second_factor_required",
  "second_factor_rejected",
  "invalid_request",
]);

/** How a session went on after a fault. */
export interface Again {
  /** What keeps it from working; `""` where nothing does. */
  readonly problem: string;
  /** The logins that the next call took. */
  readonly logins: number;
}

/** Uses the session once the fault is over. */
export async function worksAgain(world: World, { kind }: Pick<Step, "kind">): Promise<Again> {
  world.arm(false);
  const before = world.logins();
  let logins = 0;
  const found = (problem: string): Again => ({ problem, logins });
  try {
    if (kind === "logout") {
      const closed = await call(world);
      if (closed !== "session_closed") return found(`a call after sign-out came to ${closed}`);
      await world.session.login();
    }
    const first = await call(world);
    logins = world.logins() - before;
    if (logins > 1) return found(`the next call took ${logins} logins`);
    if (kind === "renewal") {
      if (first !== "200") return found(`the live session came to ${first}`);
      world.advance(LIFETIME);
    }
    return found(await afterRefusal(world, kind === "renewal" ? await call(world) : first));
  } catch (error) {
    return found(`not again: ${sayError(error)}`);
  }
}

// Law 10: who was refused is not tried again, and sends nothing, until asked to.
async function afterRefusal(world: World, first: string): Promise<string> {
  if (first === "200") return "";
  const before = world.sent.length;
  const second = await call(world);
  if (!FINAL.has(second) || world.sent.length !== before) return `the next call came to ${second}`;
  await world.session.renew();
  const third = await call(world);
  return third === "200" ? "" : `a call after renew() came to ${third}`;
}

async function call(world: World): Promise<string> {
  try {
    const response = await world.session.fetch(world.firstCall);
    await response.arrayBuffer();
    return String(response.status);
  } catch (error) {
    world.seen.push(error);
    return isVmsError(error) ? error.code : sayError(error);
  }
}
