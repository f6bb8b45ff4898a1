import { expect, test } from "vitest";
import { createClock } from "../src/index.ts";

test("a clock without a start follows the machine's clock", () => {
  const before = Date.now();
  const now = createClock().now();
  expect(now).toBeGreaterThanOrEqual(before);
  expect(now).toBeLessThanOrEqual(Date.now());
});

test("advance adds to the time", () => {
  const clock = createClock(1000);
  clock.advance(500);
  clock.advance(20);
  expect(clock.now()).toBe(1520);
});

test("a clock that starts at a number stands still", () => {
  const clock = createClock(42);
  expect([clock.now(), clock.now()]).toEqual([42, 42]);
});

test("a clock with a function calls it each time", () => {
  let time = 5;
  const clock = createClock(() => time);
  time = 7;
  clock.advance(1);
  expect(clock.now()).toBe(8);
});
