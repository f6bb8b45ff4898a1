import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { openKeyring } from "../src/secrets/keyring.ts";

/** A system whose keyring is opened by a function. */
function systemWith(open: () => Promise<string | null>): Parameters<typeof openKeyring>[0] {
  class AsyncEntry {
    readonly getPassword: () => Promise<string | null>;
    readonly setPassword = () => Promise.resolve();
    readonly deletePassword = () => Promise.resolve();

    constructor() {
      const asked = open();
      this.getPassword = () => asked;
    }
  }
  return { loadKeyring: async () => ({ AsyncEntry }) };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const unavailable = /no keyring works on this system/;

test("a keyring that cannot be opened fails at once, and does not end a long run a minute later", async () => {
  const system = systemWith(() => {
    throw new Error("no session bus");
  });
  await expect((await openKeyring(system)).get("name")).rejects.toThrow(unavailable);
  expect(vi.getTimerCount()).toBe(0);
});

test("a keyring that does not answer is given up after a minute", async () => {
  const system = systemWith(() => new Promise(() => {}));
  const asked = expect((await openKeyring(system)).get("name")).rejects.toThrow(unavailable);
  await vi.advanceTimersByTimeAsync(60_000);
  await asked;
});

test("a keyring that answers leaves no timer behind", async () => {
  const system = systemWith(() => Promise.resolve("secret"));
  expect(await (await openKeyring(system)).get("name")).toBe("secret");
  expect(vi.getTimerCount()).toBe(0);
});
