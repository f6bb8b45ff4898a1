import { EventEmitter, once } from "node:events";
import { expect, test } from "vitest";
import { interruptible, interruptStatus } from "../src/command-line/interrupt.ts";
import { environment } from "./support/run-vms.ts";
import { testSystem } from "./support/test-system.ts";

/** A system that takes signals, and records the statuses with which it is ended immediately. */
function interruptibleSystem() {
  const signals = new EventEmitter();
  const exits: number[] = [];
  const { system } = testSystem([], environment("/nonexistent"));
  const send = (signal: NodeJS.Signals) => void signals.emit(signal, signal);
  return { system: { ...system, signals, exit: (status: number) => void exits.push(status) }, send, exits, signals };
}

const SIGNALS = [
  ["SIGINT", 130],
  ["SIGTERM", 143],
  ["SIGHUP", 129],
] as const;

test.each(SIGNALS)(
  "%s ends a run with %i, whether the run has finished or throws its own error",
  async (signal, status) => {
    const { system, send, signals } = interruptibleSystem();
    const ways = [
      async () => "done",
      () => Promise.reject(new DOMException("This operation was aborted", "AbortError")),
    ];
    for (const way of ways) {
      const run = interruptible(system, async (stop) => {
        send(signal);
        if (!stop.aborted) await once(stop, "abort");
        return way();
      });
      expect(interruptStatus(await run.catch((error: unknown) => error))).toBe(status);
    }
    expect(signals.eventNames()).toEqual([]);
  },
);

test.each(SIGNALS)("a second signal ends a run immediately: %s with %i", async (signal, status) => {
  const { system, send, exits } = interruptibleSystem();
  const run = interruptible(system, async () => {
    send("SIGINT");
    expect(exits).toEqual([]);
    send(signal);
  });
  await expect(run).rejects.toThrow("interrupted");
  expect(exits).toEqual([status]);
});

test("another error is reported even after a signal", async () => {
  const { system, send } = interruptibleSystem();
  const run = interruptible(system, async () => {
    send("SIGTERM");
    throw new Error("the disk is full");
  });
  await expect(run).rejects.toThrow("the disk is full");
});
