import { EventEmitter } from "node:events";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { interruptStatus } from "../src/command-line/interrupt.ts";
import { createKeyring } from "../src/secrets/keyring.ts";
import type { KeyringReport, KeyringRequest } from "../src/system/keyring-messages.ts";
import type { KeyringProcess } from "../src/system/start-keyring.ts";

/** A keyring whose processes report what a test says. */
function keyringThat(react: (request: KeyringRequest) => readonly KeyringReport["kind"][]) {
  const signals = new EventEmitter();
  const seen = { started: 0, ended: 0, requests: 0 };
  let events = new EventEmitter();
  const start = (): KeyringProcess => {
    seen.started++;
    events = new EventEmitter();
    return {
      send(request) {
        seen.requests++;
        for (const kind of react(request)) events.emit("message", { kind, secret: "quiet-harbour-31" });
      },
      on: (event: string, listener: (report: KeyringReport) => void) => events.on(event, listener),
      off: (event, listener) => events.off(event, listener),
      end: () => void seen.ended++,
    };
  };
  return { keyring: createKeyring(start, signals), seen, signals, die: () => void events.emit("exit") };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const unavailable = /no keyring works on this system/;

/** Waits for a request to fail at a time, in ms, and not before. */
async function failsAfter(ms: number, asked: Promise<unknown>): Promise<void> {
  let over = false;
  const failed = expect(asked)
    .rejects.toThrow(unavailable)
    .then(() => (over = true));
  await vi.advanceTimersByTimeAsync(ms - 1);
  expect(over).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  await failed;
}

test("a system without a keyring is asked once, and no timer remains", async () => {
  const { keyring, seen } = keyringThat(() => ["received", "failed"]);
  await expect(keyring.get("name")).rejects.toThrow(unavailable);
  await expect(keyring.set("name", "x")).rejects.toThrow(unavailable);
  await expect(keyring.delete("name")).rejects.toThrow(unavailable);
  expect(seen).toEqual({ started: 1, ended: 1, requests: 1 });
  expect(vi.getTimerCount()).toBe(0);
});

test("a silent session bus costs 2 s, once", async () => {
  const { keyring, seen } = keyringThat(() => ["received"]);
  const [first, second] = [keyring.get("one"), keyring.get("two")];
  second.catch(() => {});
  await failsAfter(2000, first);
  await expect(second).rejects.toThrow(unavailable);
  await expect(keyring.get("three")).rejects.toThrow(unavailable);
  expect(seen).toEqual({ started: 1, ended: 1, requests: 1 });
});

test("a keyring that may be waiting for a person is abandoned after a minute", async () => {
  const { keyring, seen } = keyringThat(() => ["received", "opened"]);
  await failsAfter(60_000, keyring.get("name"));
  expect(seen.ended).toBe(1);
});

test("a process that does not start is abandoned after 10 s, and one that dies is abandoned at once", async () => {
  await failsAfter(10_000, keyringThat(() => []).keyring.get("name"));
  const { keyring, die } = keyringThat(() => ["received", "opened"]);
  const asked = expect(keyring.get("name")).rejects.toThrow(unavailable);
  await vi.advanceTimersByTimeAsync(0);
  die();
  await asked;
  expect(vi.getTimerCount()).toBe(0);
});

test.each([
  ["SIGINT", 130],
  ["SIGTERM", 143],
  ["SIGHUP", 129],
] as const)("%s ends the wait at once, and the keyring is not asked again", async (signal, status) => {
  const { keyring, signals, seen } = keyringThat(() => ["received", "opened"]);
  const errors = [keyring.get("one"), keyring.get("two")].map((asked) => asked.catch((error: unknown) => error));
  await vi.advanceTimersByTimeAsync(0);
  signals.emit(signal, signal);
  expect((await Promise.all(errors)).map(interruptStatus)).toEqual([status, status]);
  expect(seen).toEqual({ started: 1, ended: 1, requests: 1 });
  expect([vi.getTimerCount(), signals.eventNames()]).toEqual([0, []]);
});

test("one process serves all requests, ends if it is not used, and is started again", async () => {
  const { keyring, seen, signals } = keyringThat(() => ["received", "opened", "done"]);
  expect(await Promise.all([keyring.get("one"), keyring.get("two")])).toEqual(["quiet-harbour-31", "quiet-harbour-31"]);
  expect(seen).toEqual({ started: 1, ended: 0, requests: 2 });
  expect(signals.eventNames()).toEqual([]);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(seen.ended).toBe(1);
  await keyring.delete("one");
  expect(seen).toEqual({ started: 2, ended: 1, requests: 3 });
});
