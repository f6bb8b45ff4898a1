import { AsyncLocalStorage } from "node:async_hooks";
import { expect, test } from "vitest";
import { type FakeVendor, fakeVendor } from "../fake-vendor.ts";

/** The properties that Next.js reads from the second argument of `fetch`. */
type NextInit = RequestInit & { readonly next?: { readonly internal?: boolean } };

/** What a page that is being prerendered gets from `fetch`: nothing, until the prerender is abandoned. */
const prerender = new AsyncLocalStorage<AbortSignal>();

/** A `fetch` like that of Next.js, which depends on the page that the caller renders. */
function renderingFetch(vendor: FakeVendor): typeof globalThis.fetch {
  return async (input, init?: NextInit) => {
    const page = prerender.getStore();
    if (page === undefined || init?.next?.internal) return vendor.fetch(input, init);
    return new Promise((_, reject) => page.addEventListener("abort", () => reject(page.reason)));
  };
}

test("G11: a login that a prerendered page starts completes, and serves the other pages", async () => {
  const vendor = fakeVendor();
  const session = vendor.session({ fetch: renderingFetch(vendor) });
  const page = new AbortController();
  const prerendered = prerender.run(page.signal, () => session.fetch("zones"));
  const other = await session.fetch("zones");
  expect(other.status).toBe(200);
  expect(vendor.logins).toBe(1);
  // The framework holds and abandons the page's own call.
  const reason = new Error("the prerender was given up");
  page.abort(reason);
  await expect(prerendered).rejects.toBe(reason);
});

test("G11: a renewal and a sign-out that a prerendered page starts complete too", async () => {
  const vendor = fakeVendor();
  const session = vendor.session({ fetch: renderingFetch(vendor) });
  const page = new AbortController();
  await prerender.run(page.signal, () => session.login());
  await prerender.run(page.signal, () => session.renew());
  await prerender.run(page.signal, () => session.logout());
  expect(vendor.logins).toBe(2);
  expect([...vendor.live]).toEqual([]);
});

test("G11: a login that a framework holds forever in the caller's `fetch` delays other callers by at most `timeout`", async () => {
  const vendor = fakeVendor();
  const own = renderingFetch(vendor);
  const dropsWhatItDoesNotKnow: typeof fetch = (input, init) => {
    const { next: _, ...known } = (init ?? {}) as NextInit;
    return own(input, known);
  };
  const session = vendor.session({ fetch: dropsWhatItDoesNotKnow, timeout: 10_000, retry: { attempts: 1 } });
  const page = new AbortController();
  const prerendered = prerender.run(page.signal, () => session.fetch("zones")).catch((error) => error.code);
  const other = session.fetch("zones").catch((error) => error.code);
  await vendor.clock.advance(10_000);
  expect(await Promise.all([prerendered, other])).toEqual(["vendor_unavailable", "vendor_unavailable"]);
  await vendor.clock.advance(30_000);
  expect((await session.fetch("zones")).status).toBe(200);
  expect(vendor.logins).toBe(1);
});
