import { inChild } from "./memory.ts";
import { shuffled, spreadOf } from "./numbers.ts";

/** Many sessions in one process. */
export interface Crowd {
  /** How many there are. */
  readonly sessions: number;
  /** The heap of one that was made and not used, in bytes. */
  readonly idle: number;
  /** Of one that is signed in, all in all. */
  readonly signedIn: number;
  /** CPU that a call on one of them, whichever, costs beyond the `fetch` below it, in µs. */
  readonly added: number;
}

export interface CrowdOrders {
  readonly sessions: number;
}

/** Each size of a crowd in processes of its own, which take turns; medians. */
export async function measureCrowds(sizes: readonly number[], rounds: number): Promise<Crowd[]> {
  const results = new Map<number, Crowd[]>(sizes.map((size) => [size, []]));
  for (let round = 0; round < rounds; round++) {
    for (const sessions of shuffled(sizes)) {
      const orders: CrowdOrders = { sessions };
      results.get(sessions)?.push(JSON.parse(await inChild("sessions-child.ts", orders)));
    }
  }
  return [...results].map(([sessions, all]) => {
    const median = (key: keyof Crowd) => spreadOf(all.map((one) => one[key])).median;
    return { sessions, idle: median("idle"), signedIn: median("signedIn"), added: median("added") };
  });
}
