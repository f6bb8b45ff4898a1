import { beforeAll, expect, test } from "vitest";
import { mostInAnyMinute } from "../src/day/counts.ts";
import { shortDay } from "../src/day/plan.ts";
import { countersOf } from "../src/day/report.ts";
import { type Day, runDay } from "../src/day/run-day.ts";
import { holds, type Verdict, verdictsOf } from "../src/day/verdict.ts";

// A short day with all faults; `npm run attack:day` runs the full one. Days run in turn, because a day replaces the timers.

const MINUTE = 60_000;

let day: Day;
let verdicts: readonly Verdict[];

beforeAll(async () => {
  day = await runDay(shortDay, 1);
  verdicts = verdictsOf(day);
}, 240_000);

const brokenOf = (title: string) => verdicts.find((verdict) => verdict.title === title)?.broken;

test("G10: the fleet sends each wrong pair once, apart from known faults", () => {
  expect(brokenOf("each wrong pair was sent once in the fleet")).toEqual([]);
});

test("G10: no account is locked", () => {
  expect(brokenOf("no account was locked")).toEqual([]);
});

test("no call fails that a live session would have served, apart from known faults", () => {
  expect(brokenOf("no call failed that a live session would have served")).toEqual([]);
});

test("G19: renewals never exceed three times their mean, apart from known faults", () => {
  expect(brokenOf("the renewals were spread")).toEqual([]);
});

test("G19: no limiter is exceeded", () => {
  expect(brokenOf("no limiter was exceeded")).toEqual([]);
});

test("every fault of the day occurs", () => {
  const { world } = day;
  const counters = countersOf(day);
  expect(counters).toMatchObject({ "passwords changed": shortDay.rotated, "processes started": 2 * shortDay.workers });
  expect(counters["wrong passwords sent"]).toBeGreaterThan(shortDay.wrong);
  for (const name of [
    "failed store operations",
    "… while the vendor was down",
    "… of the foreign program",
    "renewals of a live session",
  ]) {
    expect(counters[name], name).toBeGreaterThan(0);
  }
  expect(world.vendor.locking.size).toBe(shortDay.locking);
  const clocks = world.workers.map(({ clockAhead }) => clockAhead);
  expect(Math.max(...clocks) - Math.min(...clocks)).toBe(shortDay.clocksApart);
});

test("the ledger of the day and the simulator agree on the live sessions", () => {
  expect(brokenOf("the ledger and the simulator agree")).toEqual([]);
});

test("a seed determines the day down to the last request", async () => {
  const again = await runDay(shortDay, 1);
  expect(again.trace).toBe(day.trace);
  expect(countersOf(again)).toEqual(countersOf(day));
  const start = { ...shortDay, duration: 5 * MINUTE };
  expect((await runDay(start, 1)).trace).not.toBe((await runDay(start, 2)).trace);
});

test("the check detects a fleet that resends refused passwords and locks accounts", async () => {
  const wrong = verdictsOf(
    await runDay({ ...shortDay, duration: 15 * MINUTE, session: { retryRefusedAfter: MINUTE } }, 1),
  );
  expect(holds(wrong)).toBe(false);
  const titles = wrong.filter(({ broken }) => broken.length > 0).map(({ title }) => title);
  expect(titles).toContain("each wrong pair was sent once in the fleet");
  expect(titles).toContain("no account was locked");
});

test("the check counts the maximum in any minute, across the clock's minutes", () => {
  expect(mostInAnyMinute([0, 59_000, 60_000, 118_000, 118_999])).toBe(4);
  expect(mostInAnyMinute([])).toBe(0);
});
