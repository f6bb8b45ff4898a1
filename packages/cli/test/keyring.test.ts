import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { openKeyring } from "../src/secrets/keyring.ts";

const entry = vi.hoisted(() => ({ open: (): Promise<string | null> => Promise.resolve(null) }));

vi.mock("@napi-rs/keyring", () => ({
  AsyncEntry: class {
    readonly getPassword: () => Promise<string | null>;

    constructor() {
      const asked = entry.open();
      this.getPassword = () => asked;
    }
  },
}));

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const unavailable = /no keyring works on this system/;

test("a keyring that cannot be opened fails at once, and does not end a long run a minute later", async () => {
  entry.open = () => {
    throw new Error("no session bus");
  };
  await expect((await openKeyring()).get("name")).rejects.toThrow(unavailable);
  expect(vi.getTimerCount()).toBe(0);
});

test("a keyring that does not answer is given up after a minute", async () => {
  entry.open = () => new Promise(() => {});
  const asked = expect((await openKeyring()).get("name")).rejects.toThrow(unavailable);
  await vi.advanceTimersByTimeAsync(60_000);
  await asked;
});

test("a keyring that answers leaves no timer behind", async () => {
  entry.open = () => Promise.resolve("secret");
  expect(await (await openKeyring()).get("name")).toBe("secret");
  expect(vi.getTimerCount()).toBe(0);
});
