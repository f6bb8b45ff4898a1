import { setTimeout } from "node:timers/promises";
import { type Behavior, quick } from "./behavior.ts";
import { type Contender, concurrentOnly, contenders, openClient } from "./contenders.ts";
import { table } from "./markdown.ts";
import type { Vendor } from "./vendor.ts";

/** The result of concurrent calls on a session that the vendor has ended. */
export interface Outcome {
  /** The maximum of all rounds. */
  readonly logins: number;
  /** The minimum of all rounds. */
  readonly succeeded: number;
}

export interface ConcurrentCalls {
  readonly callers: number;
  readonly rounds: number;
  /** By contender, then by situation. */
  readonly outcomes: Readonly<Record<string, Readonly<Record<string, Outcome>>>>;
}

const LOGIN_TAKES = 20;

/** How the vendor behaves during the calls. */
export const situations: Readonly<Record<string, Behavior>> = {
  "immediate responses": { ...quick, loginTakes: LOGIN_TAKES },
  "responses over 300 ms": { ...quick, loginTakes: LOGIN_TAKES, spread: 300 },
  "one session per account": { ...quick, loginTakes: LOGIN_TAKES, spread: 300, oneSession: true },
};

/** The time after which a call counts as failed, in ms. */
const PATIENCE = 20_000;

export async function measureConcurrentCalls(
  vendor: Vendor,
  callers: number,
  rounds: number,
): Promise<ConcurrentCalls> {
  const outcomes: Record<string, Record<string, Outcome>> = {};
  const all = [...contenders, ...concurrentOnly];
  for (const { name } of all) outcomes[name] = {};
  for (let round = 0; round < rounds; round++) {
    for (const [situation, behavior] of Object.entries(situations)) {
      for (const contender of all) {
        const { logins, succeeded } = await callAtOnce(vendor, contender, behavior, callers);
        const { [contender.name]: so = {} } = outcomes;
        const before = so[situation] ?? { logins: 0, succeeded: callers };
        so[situation] = {
          logins: Math.max(before.logins, logins),
          succeeded: Math.min(before.succeeded, succeeded),
        };
      }
    }
  }
  await vendor.behave(quick);
  return { callers, rounds, outcomes };
}

/** Makes concurrent calls with a client whose session the vendor has ended. */
export async function callAtOnce(
  vendor: Vendor,
  contender: Contender,
  behavior: Behavior,
  callers: number,
): Promise<Outcome> {
  await vendor.behave(quick);
  const client = await openClient(contender, vendor.base);
  await client.call();
  await vendor.behave(behavior);
  await vendor.revoke();
  let succeeded = 0;
  const calls = Array.from({ length: callers }, () =>
    client.call().then(
      () => succeeded++,
      () => {},
    ),
  );
  const done = new AbortController();
  await Promise.race([Promise.all(calls), setTimeout(PATIENCE, undefined, { signal: done.signal }).catch(() => {})]);
  done.abort();
  const { logins } = await vendor.counts();
  return { logins, succeeded };
}

export function concurrentCallsSection({ callers, rounds, outcomes }: ConcurrentCalls): string {
  const names = Object.keys(situations);
  const head = ["program", ...names];
  const rows = [...contenders, ...concurrentOnly].map(({ name }) => [
    `\`${name}\``,
    ...names.map((situation) => {
      const { logins, succeeded } = outcomes[name]?.[situation] ?? {};
      return `${logins} / ${succeeded}`;
    }),
  ]);
  return `## Many callers on a dead session

The vendor ends the session, and then ${callers} callers make a call at the same time. Each cell is the number of logins / of
successful calls in the worst of ${rounds} rounds. A login takes 20 ms. In the first case, the vendor responds immediately; in the second, it spreads its responses over 300 ms. In the third,
an account can have one session, so each login ends the previous one.

${table(head, rows)}

${concurrentOnly.map(({ name, how }) => `\`${name}\`: ${how}`).join("\n")}

A client that signs in after each rejection makes as many logins as calls. A client whose rejected calls share one login signs in again if a
rejection of the old credential arrives after that login. ${oursIs(callers, outcomes)}`;
}

function oursIs(callers: number, outcomes: ConcurrentCalls["outcomes"]): string {
  const ours = contenders.filter(({ kind }) => kind === "ours");
  const all = ours.flatMap(({ name }) => Object.values(outcomes[name] ?? {}));
  const best = all.every(({ logins, succeeded }) => logins === 1 && succeeded === callers);
  return best
    ? "A session makes one login in each case, and every call succeeds."
    : "A session made more than one login, or one of its calls failed: this is a defect.";
}
