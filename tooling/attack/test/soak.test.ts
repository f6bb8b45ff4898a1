import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { Session } from "@vms/core";
import { beforeAll, expect, test } from "vitest";
import { measureHeap } from "../src/soak/heap.ts";
import { createModel } from "../src/soak/model.ts";
import { type KindResult, soak } from "../src/soak/soak.ts";

// The small soak; `npm run soak` is the large one.

/** What an idle session may hold, in bytes: above what it does hold, so that only a leap is noticed. */
const MOST_HEAP = 24_576;

const kept: Session[] = [];
let results: readonly KindResult[];
let opened: string[];

beforeAll(async () => {
  const before = process.getActiveResourcesInfo();
  results = await soak({ sessions: 200, days: 3, seed: 2 }, kept);
  opened = process.getActiveResourcesInfo();
  for (const handle of before) {
    const at = opened.indexOf(handle);
    if (at >= 0) opened.splice(at, 1);
  }
}, 60_000);

test("200 sessions of all vendors make as many logins in three days as their lifetimes predict", () => {
  expect(kept).toHaveLength(200);
  expect(results.map(({ kind, logins }) => ({ kind, logins }))).toEqual(
    results.map(({ kind, predicted }) => ({ kind, logins: predicted })),
  );
});

test("every kind that has an absolute end is renewed early, and nothing else happens to a session", () => {
  expect(results.flatMap(({ surprises }) => surprises)).toEqual([]);
  const renewed = results.filter(({ renewals }) => renewals > 0).map(({ kind }) => kind.split(",")[0]);
  expect(renewed).toEqual(["Alta", "FindFace", "Eagle Eye", "AiPix VMS"]);
});

test("L6: sessions that lie idle leave no timer and no handle open", () => {
  expect(opened).toEqual([]);
});

test(`an idle session holds less than ${MOST_HEAP} bytes, and no more after it was renewed and used`, async () => {
  setFlagsFromString("--expose-gc");
  const gc = runInNewContext("gc") as () => void;
  for (const { signedIn, used } of await measureHeap(200, gc)) {
    expect(signedIn).toBeLessThan(MOST_HEAP);
    expect(used).toBeLessThan(signedIn + 4_096);
  }
});

test("the model itself: a login, a renewal in the window, a login at the end, and after lying idle", () => {
  const model = createModel({ lifetime: 1_000_000, idle: 950_000 });
  expect([0, 899_999, 900_000, 999_999].map((at) => model.call(at))).toEqual([
    "login",
    "nothing",
    "renewal",
    "nothing",
  ]);
  expect([1_900_000, 2_850_000].map((at) => model.call(at))).toEqual(["login", "login"]);
  expect(model.logins()).toBe(4);
});
