import { expect, test } from "vitest";
import { createClock } from "../src/index.ts";

test("a clock without a start runs with the machine's", () => {
  const before = Date.now();
  const now = createClock().now();
  expect(now).toBeGreaterThanOrEqual(before);
  expect(now).toBeLessThanOrEqual(Date.now());
});

test("what was advanced is added", () => {
  const clock = createClock(1000);
  clock.advance(500);
  clock.advance(20);
  expect(clock.now()).toBe(1520);
});

test("a clock with a number for a start stands still", () => {
  const clock = createClock(42);
  expect([clock.now(), clock.now()]).toEqual([42, 42]);
});

test("a clock with a function asks it each time", () => {
  let time = 5;
  const clock = createClock(() => time);
  time = 7;
  clock.advance(1);
  expect(clock.now()).toBe(8);
});
