import { setTimeout } from "node:timers/promises";
import { type Contender, contenders, herdOnly, openClient } from "./contenders.ts";
import { type Manner, quick } from "./manner.ts";
import type { Vendor } from "./vendor.ts";

/** What became of many calls at once on a session that the vendor had ended. */
export interface Outcome {
  /** The most logins that were made in any round. */
  readonly logins: number;
  /** The fewest calls that succeeded in any round. */
  readonly succeeded: number;
}

export interface Herd {
  readonly callers: number;
  readonly rounds: number;
  /** By the name of a contender, then by that of a situation. */
  readonly outcomes: Readonly<Record<string, Readonly<Record<string, Outcome>>>>;
}

const LOGIN_TAKES = 20;

/** What the vendor is like meanwhile. */
export const situations: Readonly<Record<string, Manner>> = {
  "answers at once": { ...quick, loginTakes: LOGIN_TAKES },
  "answers over 300 ms": { ...quick, loginTakes: LOGIN_TAKES, spread: 300 },
  "one session per account": { ...quick, loginTakes: LOGIN_TAKES, spread: 300, oneSession: true },
};

/** Who has not answered by then, in ms, has not succeeded. */
const PATIENCE = 20_000;

export async function measureHerd(vendor: Vendor, callers: number, rounds: number): Promise<Herd> {
  const outcomes: Record<string, Record<string, Outcome>> = {};
  const all = [...contenders, ...herdOnly];
  for (const { name } of all) outcomes[name] = {};
  for (let round = 0; round < rounds; round++) {
    for (const [situation, manner] of Object.entries(situations)) {
      for (const contender of all) {
        const { logins, succeeded } = await stampede(vendor, contender, manner, callers);
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

/** Many callers at once, of a client whose session has just been ended at the vendor. */
export async function stampede(
  vendor: Vendor,
  contender: Contender,
  manner: Manner,
  callers: number,
): Promise<Outcome> {
  await vendor.behave(quick);
  const client = await openClient(contender, vendor.base);
  await client.call();
  await vendor.behave(manner);
  await vendor.revoke();
  let succeeded = 0;
  const calls = Array.from({ length: callers }, () =>
    client.call().then(
      () => succeeded++,
      () => {},
    ),
  );
  const given = new AbortController();
  await Promise.race([Promise.all(calls), setTimeout(PATIENCE, undefined, { signal: given.signal }).catch(() => {})]);
  given.abort();
  const { logins } = await vendor.counts();
  return { logins, succeeded };
}
