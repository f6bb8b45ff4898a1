import { type Step, type StepOf, stepsOf } from "../run/step.ts";
import type { Scenario } from "../scenario/scenario.ts";

/** A request, and the response to it. */
export interface Exchange {
  readonly sent: StepOf<"request">;
  /** `undefined` while it is awaited. */
  readonly received: StepOf<"response"> | undefined;
  /** The place of the request among the steps. */
  readonly index: number;
}

/** What the checks look at. */
export interface History {
  readonly scenario: Scenario;
  readonly steps: readonly Step[];
  readonly exchanges: readonly Exchange[];
  /** The requests with a password. */
  readonly logins: readonly Exchange[];
  /** The requests of calls to the vendor. */
  readonly calls: readonly Exchange[];
  /** When each credential was used first, in ms since the start. */
  readonly firstUse: ReadonlyMap<number, number>;
}

export function historyOf(scenario: Scenario, steps: readonly Step[]): History {
  const responses = new Map(stepsOf(steps, "response").map((step) => [step.request, step]));
  const exchanges = steps.flatMap((sent, index) =>
    sent.kind === "request" ? [{ sent, received: responses.get(sent.request), index }] : [],
  );
  const firstUse = new Map<number, number>();
  for (const { sent } of exchanges) {
    if (sent.credential !== undefined && !firstUse.has(sent.credential)) firstUse.set(sent.credential, sent.at);
  }
  return {
    scenario,
    steps,
    exchanges,
    logins: exchanges.filter(({ sent }) => sent.password !== undefined),
    calls: exchanges.filter(({ sent }) => sent.purpose === "call"),
    firstUse,
  };
}

/** Whether two exchanges were on their way at the same time. */
function overlap(one: Exchange, other: Exchange): boolean {
  const end = ({ received }: Exchange) => received?.at ?? Number.POSITIVE_INFINITY;
  return one.sent.at < end(other) && other.sent.at < end(one);
}

/** The most exchanges that were on their way at the same time. */
export function mostAtOnce(exchanges: readonly Exchange[]): number {
  return Math.max(
    0,
    ...exchanges.map((one) => exchanges.filter((other) => other.sent.at <= one.sent.at && overlap(one, other)).length),
  );
}

/** The exchanges of each process. With a store, the processes count as one. */
export function byOwner(exchanges: readonly Exchange[], { store }: Scenario): Exchange[][] {
  const groups = Map.groupBy(exchanges, ({ sent }) => (store ? 0 : sent.process));
  return [...groups.values()];
}

/** Whether the vendor rejected a call. */
export function isRejected({ sent, received }: Exchange): boolean {
  return sent.purpose === "call" && received?.status === 401;
}
