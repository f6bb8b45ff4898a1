import { join } from "node:path";
import fc from "fast-check";
import { afterEach, expect, test, vi } from "vitest";
import type { SessionStore } from "../../../src/contract/session-store.ts";
import { openFileStore } from "../../../src/node/file-store/file-store.ts";
import { actor, type Operation, setGate, shortly } from "./gated-fs.ts";
import { temporaryDirectory } from "./temporary.ts";

vi.mock("node:fs/promises", async (original) => {
  const { gated } = await import("./gated-fs.ts");
  const names = ["mkdir", "open", "readdir", "rename", "rm", "rmdir", "stat", "unlink", "utimes", "writeFile"] as const;
  return gated(await original<typeof import("node:fs/promises")>(), names);
});
vi.mock("node:timers/promises", async (original) => {
  const { gated } = await import("./gated-fs.ts");
  return gated(await original<typeof import("node:timers/promises")>(), ["setTimeout"]);
});
vi.mock("../../../src/node/file-store/promisified-fs.ts", async (original) => {
  const { gated } = await import("./gated-fs.ts");
  return gated(await original<typeof import("../../../src/node/file-store/promisified-fs.ts")>(), ["stat"]);
});

vi.setConfig({ testTimeout: 240_000 });
afterEach(() => setGate(() => undefined));

/** Considers each holder dead immediately, so a waiting process takes over its lock. */
const TIMING = { staleAfter: 0, refreshEvery: 1_000_000, pollEvery: 1 };

const open = (directory: string) => openFileStore({ directory }, TIMING) as Required<SessionStore>;

/** Stops a process before its operation number `at`, until the test lets it continue. */
function stopAt(name: string, at: number) {
  const stopped = Promise.withResolvers<string>();
  const goOn = Promise.withResolvers<void>();
  let count = 0;
  const gate = (operation: Operation) => {
    if (operation.actor !== name || ++count !== at) return undefined;
    stopped.resolve(shortly(operation));
    return goOn.promise;
  };
  return { gate, stopped: stopped.promise, goOn: goOn.resolve };
}

/**
 * Stops the holder before step `holderStop` of its write. Then another process takes over the lock, is stopped before its step
 * `takerStop`, and continues when the holder has continued and ended.
 * @returns the number of steps at which each could be stopped.
 */
async function suspend(directory: string, holderStop: number, takerStop: number) {
  const [first, second] = [open(directory), open(directory)];
  await second.set("session", "old");
  const holder = stopAt("holder", holderStop);
  const taker = stopAt("taker", takerStop);
  const write = await actor.run("holder", async () => {
    const begun = Promise.withResolvers<() => Promise<string>>();
    const done = first.withLock("session", async (lease) => {
      const set = Promise.withResolvers<string>();
      begun.resolve(async () => {
        setGate((operation) => holder.gate(operation) ?? taker.gate(operation));
        lease.set("session", "late").then(
          () => set.resolve("written"),
          (error) => set.resolve(error.code === "store_failed" && error.retryable ? "refused" : String(error)),
        );
        return set.promise;
      });
      await set.promise;
    });
    const start = await begun.promise;
    return { start, done };
  });
  let seen: string | undefined;
  const outcome = actor.run("holder", write.start);
  const held = await Promise.race([holder.stopped, outcome.then(() => undefined)]);
  const taken = actor.run("taker", () =>
    second.withLock("session", async (lease) => {
      seen = await second.get("session");
      await lease.set("session", "newer");
    }),
  );
  const takerHeld = await Promise.race([taker.stopped, taken.then(() => undefined)]);
  holder.goOn();
  const result = await outcome;
  await write.done;
  taker.goOn();
  await taken;
  const where = `holder before ${held ?? "the end"}, taker before ${takerHeld ?? "the end"}`;
  expect({ where, result, seen }).toEqual({
    where,
    result: expect.stringMatching(/^(written|refused)$/),
    // The next holder read a value if its write succeeded, and never read a refused one.
    seen: result === "written" ? "late" : "old",
  });
  expect(await second.get("session"), where).toBe("newer");
  setGate(() => undefined);
  return { result, holderSteps: held !== undefined, takerSteps: takerHeld !== undefined };
}

test("G10: a holder that is suspended at any step of its write, while another process takes over its lock up to any step, never overwrites newer data", async () => {
  const directory = join(await temporaryDirectory(), "sessions");
  const results = new Map<string, number>();
  for (let holderStop = 1, more = true; more; holderStop++) {
    for (let takerStop = 1, further = true; further; takerStop++) {
      const { result, holderSteps, takerSteps } = await suspend(directory, holderStop, takerStop);
      results.set(result, (results.get(result) ?? 0) + 1);
      further = takerSteps;
      more = holderSteps;
    }
  }
  expect(Math.min(results.get("written") ?? 0, results.get("refused") ?? 0)).toBeGreaterThan(20);
});

test("G10: in every interleaving of several processes, only the latest holder's value is written", async () => {
  const directory = join(await temporaryDirectory(), "sessions");
  const bursts = fc.infiniteStream(fc.record({ who: fc.nat(), steps: fc.integer({ min: 1, max: 25 }) }));
  let refusals = 0;
  const interleave = fc.asyncProperty(bursts, async (stream) => {
    const waiting: { operation: Operation; begin: () => void }[] = [];
    let latest: unknown;
    let ended = () => {};
    const renamed: string[] = [];
    setGate(
      (operation) => new Promise<void>((begin) => void waiting.push({ operation, begin })),
      ({ actor: who = "", name, parameters: [from, to] }, succeeded) => {
        ended();
        if (name !== "rename" || !succeeded) return;
        if (String(to).endsWith(".lock")) latest = who;
        else if (String(from).endsWith(".value")) {
          renamed.push(who);
          expect(who).toBe(latest);
        }
      },
    );
    const written: string[] = [];
    const names = ["a", "b", "c"];
    let running = names.length;
    const write = async (name: string) => {
      await open(directory).withLock("session", async (lease) => {
        for (const value of ["1", "2"]) {
          const failure = await lease.set("session", `${name} ${value}`).catch((error: unknown) => error);
          if (failure === undefined) written.push(name);
          else expect(failure).toMatchObject({ code: "store_failed", retryable: true });
          if (failure !== undefined) refusals++;
        }
      });
    };
    const all = Promise.allSettled(names.map((name) => actor.run(name, () => write(name).finally(() => running--))));
    let burst = { who: 0, steps: 0 };
    while (running > 0) {
      await new Promise((resolve) => setImmediate(resolve));
      if (waiting.length === 0) continue;
      if (burst.steps === 0) burst = { ...(stream.next().value ?? { who: 0, steps: 1 }) };
      burst.steps--;
      const preferred = waiting.findIndex(({ operation }) => operation.actor === names[burst.who % names.length]);
      // Operations run one at a time, so the order of their ends is the order of their effects.
      await new Promise<void>((resolve) => {
        ended = resolve;
        waiting.splice(Math.max(preferred, 0), 1)[0]?.begin();
      });
    }
    expect(await all).toEqual(names.map(() => ({ status: "fulfilled", value: undefined })));
    expect(written.toSorted()).toEqual(renamed.toSorted());
    setGate(() => undefined);
  });
  await fc.assert(interleave, { numRuns: 100 });
  expect(refusals).toBeGreaterThan(10);
});
