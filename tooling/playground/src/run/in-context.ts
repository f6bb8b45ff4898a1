import type { Step } from "./step.ts";

const LIVE: ReadonlySet<string> = new Set(["login", "renewed"]);
const NOT_LIVE: ReadonlySet<string> = new Set(["login_started", "rejected", "expired", "logout"]);

/** The guarantee that a step shows, if that depends on the steps before. */
export function guaranteeInContext(steps: readonly Step[], index: number): number | undefined {
  const step = steps[index];
  // The session is live: a call that is rejected now was sent with an older one.
  if (step?.kind === "event" && step.name === "resent" && isLive(steps, index)) return 2;
  if (step?.kind === "request" && step.purpose === "logout") return wasAsked(steps, index) ? 14 : 18;
  return undefined;
}

function isLive(steps: readonly Step[], index: number): boolean {
  const { process } = steps[index] ?? {};
  const last = steps
    .slice(0, index)
    .findLast(
      (one) => one.process === process && one.kind === "event" && (LIVE.has(one.name) || NOT_LIVE.has(one.name)),
    );
  return last?.kind === "event" && LIVE.has(last.name);
}

/** Whether the person has ended the session. */
function wasAsked(steps: readonly Step[], index: number): boolean {
  return steps.slice(0, index).some((one) => one.kind === "action" && (one.name === "logout" || one.name === "close"));
}
