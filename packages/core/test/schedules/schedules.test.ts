import { afterAll, beforeAll, expect, test } from "vitest";
import { stillCrypto } from "../still-crypto.ts";
import { explore } from "./search/explore.ts";
import { replay } from "./search/replay.ts";
import type { World } from "./world/world.ts";
import { worlds } from "./worlds/list.ts";

/** The limit of schedules per world. `npm run attack:schedules` tries many more. */
const SCHEDULES = 200;

let undo = () => {};
const unhandled: unknown[] = [];
const note = (error: unknown) => void unhandled.push(error);
beforeAll(() => {
  undo = stillCrypto();
  process.on("unhandledRejection", note);
});
afterAll(() => {
  undo();
  process.off("unhandledRejection", note);
});

for (const world of worlds) {
  test(`in every order, ${world.title}`, async () => {
    const { schedules, failure } = await explore(world, { schedules: SCHEDULES });
    expect(failure).toBeUndefined();
    expect(schedules).toBeGreaterThan(1);
    expect(unhandled).toEqual([]);
  });
}

test("only orders of independent steps are skipped", async () => {
  const one = { name: "one", title: "", sessions: 1, mostLogins: 3 } as const;
  const small: World[] = [
    { ...one, threads: ["0 fetch a", "0 fetch b", "leave a"] },
    { ...one, threads: ["0 fetch a", "0 fetch b", "revoke"], before: ["0 login"] },
    { ...one, threads: ["0 fetch a", "0 logout, 0 login"], alsoOutcomes: ["session_closed", 401] },
    { ...one, threads: ["0 fetch a", "0 fetch b"], ticks: 1, alsoOutcomes: ["vendor_unavailable"] },
    { ...one, threads: ["0 fetch a", "kill 0"], store: "with locks", slowStore: true },
    { ...one, threads: ["0 fetch a", "1 fetch b", "kill 0"], sessions: 2, store: "with locks" },
    { ...one, threads: ["0 fetch a", "1 fetch b", "leave b"], sessions: 2, store: "with locks" },
  ];
  for (const world of small) {
    const all = await explore(world, { everything: true });
    const few = await explore(world);
    expect(few.schedules).toBe(all.schedules);
    expect([few.exhausted, all.exhausted]).toEqual([true, true]);
    expect(few.skipped).toBeLessThanOrEqual(all.skipped);
  }
});

test("a schedule that breaks a guarantee is replayed by its string", async () => {
  const world: World = { name: "strict", title: "", sessions: 1, threads: ["0 fetch a", "0 renew"], mostLogins: 1 };
  const { failure } = await explore(world);
  expect(failure?.broken).toEqual(["G17: 2 logins were sent, 1 are enough"]);
  const { steps, broken } = await replay([world], failure?.replay ?? "");
  expect(broken).toEqual(failure?.broken);
  expect(steps[0]).toBe("0 fetch a");
  await expect(replay([world], "strict: 9")).rejects.toThrow("There is no choice 9 at step 1.");
  await expect(replay([world], "other: 0")).rejects.toThrow('There is no world "other".');
});
