import { setTimeout } from "node:timers/promises";
import { type Behavior, quick } from "./behavior.ts";
import { type Contender, concurrentOnly, contenders, openClient } from "./contenders.ts";
import { table } from "./markdown.ts";
import type { Vendor } from "./vendor.ts";

/** The result of many concurrent calls on a session that the vendor has ended. */
export interface Outcome {
  /** The most logins of any round. */
  readonly logins: number;
  /** The fewest successful calls of any round. */
  readonly succeeded: number;
}

export interface ConcurrentCalls {
  readonly callers: number;
  readonly rounds: number;
  /** By the name of a contender, then by that of a situation. */
  readonly outcomes: Readonly<Record<string, Readonly<Record<string, Outcome>>>>;
}

const LOGIN_TAKES = 20;

/** How the vendor behaves during the calls. */
export const situations: Readonly<Record<string, Behavior>> = {
  "answers immediately": { ...quick, loginTakes: LOGIN_TAKES },
  "answers over 300 ms": { ...quick, loginTakes: LOGIN_TAKES, spread: 300 },
  "one session per account": { ...quick, loginTakes: LOGIN_TAKES, spread: 300, oneSession: true },
};

/** A call that has no answer by then, in ms, has not succeeded. */
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

/** Many concurrent callers of a client whose session the vendor has just ended. */
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
  const head = ["program", ...names.flatMap((name) => [`${name}: logins`, "succeeded"])];
  const rows = [...contenders, ...concurrentOnly].map(({ name }) => [
    `\`${name}\``,
    ...names.flatMap((situation) => {
      const { logins, succeeded } = outcomes[name]?.[situation] ?? {};
      return [String(logins), String(succeeded)];
    }),
  ]);
  return `## Many callers on a dead session

The vendor ends the session; then ${callers} concurrent calls are made. The table shows the number of logins, and of successful calls. A
login takes 20 ms. First the vendor answers immediately, then over 300 ms; then an account may have one session, and each login ends
the one before. The worst of ${rounds} rounds.

${table(head, rows)}

${concurrentOnly.map(({ name, how }) => `\`${name}\`: ${how}`).join("\n")}

A client that signs in for each rejection makes as many logins as there are calls. A client whose rejected calls wait for one login makes
more logins if a rejection of the old credential arrives after the new login. ${oursIs(callers, outcomes)}`;
}

function oursIs(callers: number, outcomes: ConcurrentCalls["outcomes"]): string {
  const ours = contenders.filter(({ kind }) => kind === "ours");
  const all = ours.flatMap(({ name }) => Object.values(outcomes[name] ?? {}));
  const best = all.every(({ logins, succeeded }) => logins === 1 && succeeded === callers);
  return best
    ? "Ours makes one login in each case, and every call succeeds."
    : "Ours made more than one login, or a call of it failed: that is a fault.";
}
