import { expect, test } from "vitest";
import { StoreFailed } from "../../src/errors/store-failed.ts";
import { type LeaseWriter, openLease } from "../../src/store/open-lease.ts";
import { settle } from "../virtual-clock.ts";

const failure: LeaseWriter["failure"] = (message, retryable) => new StoreFailed("core", message, { retryable });

/** A lease whose writes complete when the test says so. */
function open(signal: AbortSignal = new AbortController().signal) {
  const writes: { value: string; options: unknown; finish: (written: boolean) => void; fail: (why: Error) => void }[] =
    [];
  const write: LeaseWriter["write"] = (value, options) =>
    new Promise((finish, fail) => void writes.push({ value, options, finish, fail }));
  return { writes, ...openLease("a", signal, { write, failure }) };
}

const lost = { code: "store_failed", retryable: true, message: expect.stringContaining("the lock was lost") };
const over = { code: "store_failed", retryable: true, message: expect.stringContaining("already released") };

test("writes run one after the other, with the given options", async () => {
  const { lease, writes } = open();
  const options = { expiresAt: 1 };
  const both = [lease.set("a", "1", options), lease.set("a", "2")];
  options.expiresAt = 2;
  await settle();
  expect(writes).toMatchObject([{ value: "1", options: { expiresAt: 1 } }]);
  writes[0]?.finish(true);
  await settle();
  expect(writes[1]).toMatchObject({ value: "2", options: {} });
  writes[1]?.finish(true);
  await Promise.all(both);
});

test("a write after the loss of the lock rejects, and so does every later one", async () => {
  const { lease, writes } = open();
  const both = [lease.set("a", "made-up-canary"), lease.set("a", "2")].map((set) => set.catch((error: Error) => error));
  for (const index of [0, 1]) {
    await settle();
    writes[index]?.finish(false);
  }
  const [first, second] = await Promise.all(both);
  expect([first, second]).toMatchObject([lost, lost]);
  expect(String(first)).not.toContain("made-up-canary");
});

test("a write that fails rejects with its own error, and the next one runs", async () => {
  const { lease, writes } = open();
  const mine = new Error("mine");
  const first = lease.set("a", "1").catch((error: unknown) => error);
  const second = lease.set("a", "2");
  await settle();
  writes[0]?.fail(mine);
  expect(await first).toBe(mine);
  await settle();
  writes[1]?.finish(true);
  await second;
});

test("after the signal has aborted, nothing is written", async () => {
  const lock = new AbortController();
  const { lease, writes } = open(lock.signal);
  lock.abort(new Error("gone"));
  await expect(lease.set("a", "1")).rejects.toMatchObject(lost);
  expect(writes).toEqual([]);
});

test("another key is refused, and is not retryable", async () => {
  const { lease, writes } = open();
  const refused = { code: "store_failed", retryable: false, message: expect.stringContaining("only the key") };
  await expect(lease.set("b", "1")).rejects.toMatchObject(refused);
  expect(writes).toEqual([]);
});

test("the end of a lease waits for started writes, including failed ones, and rejects new ones", async () => {
  const { lease, writes, end } = open();
  const first = lease.set("a", "1");
  const second = lease.set("a", "2").catch(() => "failed");
  let ended = false;
  const ending = end().then(() => (ended = true));
  await expect(lease.set("a", "3")).rejects.toMatchObject(over);
  await settle();
  writes[0]?.finish(true);
  await first;
  await settle();
  expect(ended).toBe(false);
  writes[1]?.fail(new Error("mine"));
  expect(await second).toBe("failed");
  await ending;
  expect(writes).toHaveLength(2);
});
