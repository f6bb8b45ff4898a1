import { afterEach, expect, test, vi } from "vitest";
import { anySignal } from "../../src/util/any-signal.ts";
import { fakeVendor } from "../fake-vendor.ts";

afterEach(() => vi.unstubAllGlobals());

/** The Edge runtime's `AbortSignal` has no `any`. */
function withoutAny(): void {
  vi.stubGlobal(
    "AbortSignal",
    new Proxy(AbortSignal, {
      has: (target, key) => key !== "any" && key in target,
      get: (target, key) => (key === "any" ? undefined : Reflect.get(target, key)),
    }),
  );
}

for (const [runtime, prepare] of [
  ["this runtime", () => {}],
  ["a runtime without AbortSignal.any", withoutAny],
] as const) {
  test(`in ${runtime}, the combined signal has the reason of the signal that aborts, even one that had already aborted`, () => {
    prepare();
    const [one, other] = [new AbortController(), new AbortController()];
    const either = anySignal([one.signal, other.signal]);
    expect(either.aborted).toBe(false);
    other.abort("first");
    expect(either).toMatchObject({ aborted: true, reason: "first" });
    expect(anySignal([one.signal, other.signal])).toMatchObject({ aborted: true, reason: "first" });
  });

  test(`in ${runtime}, a session signs in, and its calls can be aborted`, async () => {
    prepare();
    const vendor = fakeVendor();
    const session = vendor.session();
    expect((await session.fetch("zones")).status).toBe(200);
    vendor.hold("/login");
    const renewal = session.renew({ signal: AbortSignal.abort("left") });
    await expect(renewal).rejects.toBe("left");
    await session.logout();
    expect(vendor.live.size).toBe(0);
  });
}
