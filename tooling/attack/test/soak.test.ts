import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { Session } from "@vms/core";
import { beforeAll, expect, test } from "vitest";
import { measureHeap } from "../src/soak/heap.ts";
import { kinds, plainKinds, secondFactorKinds } from "../src/soak/kinds.ts";
import { createModel } from "../src/soak/model.ts";
import { type KindResult, soak } from "../src/soak/soak.ts";

// A small soak; `npm run soak` runs the large one.

/** The maximum heap of an idle session, in bytes, with a margin so that only a large increase fails. */
const MOST_HEAP = 24_576;

const DAYS = 3;

const kept: Session[] = [];
let results: readonly KindResult[];
let opened: string[];

beforeAll(async () => {
  const before = process.getActiveResourcesInfo();
  results = await soak({ sessions: 200, days: DAYS, seed: 2 }, kept);
  opened = process.getActiveResourcesInfo();
  for (const handle of before) {
    const at = opened.indexOf(handle);
    if (at >= 0) opened.splice(at, 1);
  }
}, 60_000);

test("200 sessions of all vendors make the predicted number of logins in three days", () => {
  expect(kept).toHaveLength(200);
  expect(results.map(({ kind, logins }) => ({ kind, logins }))).toEqual(
    results.map(({ kind, predicted }) => ({ kind, logins: predicted })),
  );
});

test("sessions prompt for a code or a face only as often as logins and renewals need one", () => {
  expect(results.map(({ kind, asked }) => ({ kind, asked }))).toEqual(
    results.map(({ kind, askedRight }) => ({ kind, asked: askedRight })),
  );
  const askers = results.filter(({ asked }) => asked > 0).map(({ kind }) => kind);
  expect(askers).toEqual(secondFactorKinds.map(({ name }) => name));
});

test("every kind with an absolute expiry renews early, and nothing unexpected happens", () => {
  expect(results.flatMap(({ surprises }) => surprises)).toEqual([]);
  const renewed = results.filter(({ renewals }) => renewals > 0).map(({ kind }) => kind);
  const short = kinds.filter(({ life }) => life.lifetime !== undefined && life.lifetime < DAYS * 86_400_000);
  expect(short.length).toBeGreaterThan(6);
  expect(renewed).toEqual(short.map(({ name }) => name));
});

test("G6: idle sessions leave no timer and no handle open", () => {
  expect(opened).toEqual([]);
});

test(`an idle session needs less than ${MOST_HEAP} bytes, even after renewals and calls`, async () => {
  setFlagsFromString("--expose-gc");
  const gc = runInNewContext("gc") as () => void;
  for (const { signedIn, used } of await measureHeap(plainKinds, 200, gc)) {
    expect(signedIn).toBeLessThan(MOST_HEAP);
    expect(used).toBeLessThan(signedIn + 4_096);
  }
});

test("the model predicts a login, a renewal in the window, and logins after the expiry and after idle time", () => {
  let due = 900_000;
  const model = createModel({ lifetime: 1_000_000, idle: 950_000 }, () => due);
  expect([0, 899_999, 900_000].map((at) => model.call(at))).toEqual(["login", "nothing", "renewal"]);
  due = 1_800_000;
  expect([999_999, 1_900_000, 2_850_000].map((at) => model.call(at))).toEqual(["nothing", "login", "login"]);
  expect(model.logins()).toBe(4);
});

test("the model predicts prompts, and renewals without a login", () => {
  const once = createModel({ lifetime: 1_000_000, asks: "once" }, () => 900_000);
  const prolonged = createModel({ lifetime: 1_000_000, asks: "always", prolonged: true }, () => 900_000);
  for (const at of [0, 900_000, 3_000_000]) for (const model of [once, prolonged]) model.call(at);
  expect([once.logins(), once.asked()]).toEqual([3, 1]);
  expect([prolonged.logins(), prolonged.asked()]).toEqual([2, 3]);
});
