import { BLANK, type Scenario, type TimedAction } from "./scenario.ts";

const MINUTE = 60_000;

/** A call of each of some processes. */
const callOfEach = (processes: number, at: number): TimedAction[] =>
  Array.from({ length: processes }, (_, n) => ({ at, do: "call", count: 1, process: n + 1 }));

/** One call every minute. */
const everyMinute = (from: number, to: number): TimedAction[] =>
  Array.from({ length: to - from + 1 }, (_, n) => ({ at: (from + n) * MINUTE, do: "call", count: 1 }));

/** A scenario for each guarantee, by its number. */
export const SCENARIOS: ReadonlyMap<number, Partial<Scenario>> = new Map([
  [
    1,
    {
      store: true,
      processes: 2,
      actions: [
        { at: 0, do: "call", count: 10 },
        { at: 0, do: "call", count: 10, process: 2 },
      ],
    },
  ],
  [
    2,
    {
      actions: [
        { at: 0, do: "call", count: 1 },
        { at: 1000, do: "revoke" },
        { at: 1000, do: "call", count: 1, path: "slow" },
        { at: 1010, do: "call", count: 2 },
      ],
    },
  ],
  [
    3,
    {
      actions: [
        { at: 0, do: "call", count: 1 },
        { at: 1000, do: "call", count: 1, path: "forbidden" },
      ],
    },
  ],
  [
    4,
    {
      actions: [
        { at: 0, do: "call", count: 1, abortAfter: 60 },
        { at: 0, do: "call", count: 3 },
      ],
    },
  ],
  [
    5,
    {
      actions: [
        { at: 0, do: "call", count: 1 },
        { at: 1000, do: "revoke" },
        { at: 1010, do: "call", count: 1, path: "upload" },
      ],
    },
  ],
  [6, { actions: everyMinute(0, 13) }],
  [
    7,
    {
      actions: [
        { at: 0, do: "call", count: 1 },
        { at: 11 * MINUTE, do: "call", count: 2 },
      ],
    },
  ],
  [
    8,
    {
      vendor: "alertsite",
      actions: [0, 10, 20, 30, 46].map((minute) => ({ at: minute * MINUTE, do: "call", count: 1 })),
    },
  ],
  [9, { vendor: "admin-token", skew: -60 * MINUTE, actions: everyMinute(0, 4) }],
  [
    10,
    {
      actions: [
        { at: 0, do: "wrong-password" },
        { at: 10, do: "call", count: 5 },
        { at: 2000, do: "call", count: 5 },
        { at: 4000, do: "correct-password" },
        { at: 4010, do: "call", count: 1 },
      ],
    },
  ],
  [
    11,
    {
      actions: [
        { at: 0, do: "redirect-login", for: MINUTE },
        { at: 10, do: "call", count: 2 },
      ],
    },
  ],
  [
    12,
    {
      actions: [
        { at: 0, do: "call", count: 1 },
        { at: 1000, do: "call", count: 1, path: "other-origin" },
      ],
    },
  ],
  [
    13,
    {
      actions: [
        { at: 0, do: "call", count: 1 },
        { at: 1000, do: "wrong-password" },
        { at: 1010, do: "revoke" },
        { at: 1020, do: "call", count: 2 },
      ],
    },
  ],
  [
    14,
    {
      actions: [
        { at: 0, do: "call", count: 1 },
        { at: 1000, do: "logout" },
        { at: 2000, do: "call", count: 2 },
        { at: 3000, do: "login" },
        { at: 4000, do: "call", count: 1 },
      ],
    },
  ],
  [
    15,
    {
      store: true,
      processes: 2,
      actions: [
        { at: 0, do: "garbage-login", for: 2000 },
        { at: 10, do: "call", count: 1 },
        { at: 10_000, do: "call", count: 1 },
        { at: 11_000, do: "spoil-store" },
        { at: 12_000, do: "call", count: 1, process: 2 },
      ],
    },
  ],
  [
    16,
    {
      processes: 2,
      actions: [...callOfEach(2, 0), { at: 1000, do: "logout" }, { at: 2000, do: "call", count: 1, process: 2 }],
    },
  ],
  [
    17,
    {
      actions: [
        { at: 0, do: "call", count: 1 },
        { at: 1000, do: "reject-all", for: 10 * MINUTE },
        ...Array.from({ length: 12 }, (_, n): TimedAction => ({ at: 2000 + n * 5000, do: "call", count: 3 })),
      ],
    },
  ],
  [
    18,
    {
      actions: [
        { at: 0, do: "call", count: 1 },
        { at: 1000, do: "renew" },
        { at: 2000, do: "call", count: 1 },
      ],
    },
  ],
  [19, { processes: 8, limit: 2, actions: [0, 6, 7, 8, 9, 9.99].flatMap((minute) => callOfEach(8, minute * MINUTE)) }],
  [
    20,
    {
      actions: [
        { at: 0, do: "call", count: 1 },
        { at: 1000, do: "revoke" },
        { at: 1010, do: "call", count: 2 },
        { at: 2000, do: "down", for: 20_000 },
        { at: 2010, do: "renew" },
      ],
    },
  ],
]);

/** The scenario of a guarantee. */
export function scenarioOf(guarantee: number): Scenario {
  return { ...BLANK, ...SCENARIOS.get(guarantee) };
}
