import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type Application, type Build, copyApplication, type Running } from "./application.ts";
import { filesWith } from "./files-with.ts";
import { serveVendors, type Vendors } from "./vendors.ts";

const ZONES = "/api/v1/alarmZones";
/** `GET /api/v1/devices`, which only the page with an interval calls. */
const DEVICES = "/api/v1/devices";
const PAGES = ["/static", "/dynamic", "/cookies", "/force-cache", "/no-store", "/own-fetch", "/isr"];
const HANDLERS = ["/api/zones", "/api/edge"];

let vendors: Vendors;
let application: Application;
/** Two builds that share `.next/cache`. */
let builds: (Build & { readonly logins: ReturnType<Vendors["logins"]> })[];
/** The responses of the first server, and its number of logins. */
let answers: Record<string, string>;
let logins: Record<string, number>;
/** The same after the vendor has ended every session. */
let answersAfterRevocation: Record<string, string>;
let secondAnswers: Record<string, string>;
let secondLogins: ReturnType<Vendors["logins"]>;
/** The content of a page that was revalidated before any other page was requested. */
let remade: { readonly text: string; readonly logins: number };
let outputs: string[];

beforeAll(async () => {
  vendors = await serveVendors();
  application = copyApplication("default", vendors.environment);
  builds = [await build()];
  const first = await application.start();
  answers = {};
  logins = {};
  for (const path of [...PAGES, ...HANDLERS]) {
    const before = vendors.logins().alta;
    answers[path] = await first.get(path);
    logins[path] = vendors.logins().alta - before;
  }
  vendors.alta.revokeAll();
  answersAfterRevocation = await answersOf(first, [
    "/force-cache",
    "/dynamic",
    "/force-cache",
    "/cookies",
    "/api/edge",
  ]);
  await first.stop();

  builds.push(await build());
  const before = vendors.logins();
  const second = await application.start();
  remade = { text: await makeAgain(second), logins: since(before).alta };
  secondAnswers = await answersOf(second, [...PAGES, ...HANDLERS]);
  secondLogins = since(before);
  await second.stop();
  outputs = [first.output(), second.output()];
});

afterAll(async () => {
  await vendors?.close();
  application?.remove();
});

async function build(): Promise<(typeof builds)[number]> {
  const before = vendors.logins();
  const done = await application.build();
  expect(done.status, done.output).toBe(0);
  return { ...done, logins: since(before) };
}

function since(before: ReturnType<Vendors["logins"]>): ReturnType<Vendors["logins"]> {
  const { alta, adminToken } = vendors.logins();
  return { alta: alta - before.alta, adminToken: adminToken - before.adminToken };
}

async function answersOf(server: Running, paths: readonly string[]): Promise<Record<string, string>> {
  const all: Record<string, string> = {};
  for (const path of paths) all[path] = await server.get(path);
  return all;
}

/** Requests the page until it has rendered two responses of the vendor. It is at most a second old. */
function makeAgain(server: Running): Promise<string> {
  const before = vendors.calls(DEVICES);
  const isDone = async () => {
    const text = await server.get("/isr");
    expect(vendors.calls(DEVICES) - before).toBeGreaterThanOrEqual(2);
    return text;
  };
  return vi.waitFor(isDone, { timeout: 30_000, interval: 200 });
}

test("each build signs in once per vendor", () => {
  expect(builds.map((one) => one.logins)).toEqual([
    { alta: 1, adminToken: 1 },
    { alta: 1, adminToken: 1 },
  ]);
});

test("a login of a session makes no page dynamic, and a page keeps its revalidation interval", () => {
  for (const { prerendered } of builds) {
    expect(prerendered).toEqual({
      "/_global-error": false,
      "/_not-found": false,
      "/bare-login": false,
      "/isr": 1,
      "/static": false,
    });
  }
});

test('`cache: "no-store"` makes a page dynamic as with bare fetch, even if the session\'s own `fetch` sets it', () => {
  const dynamic = builds.map(({ output }) => [...output.matchAll(/ƒ (\/\S+)/g)].map(([, path]) => path));
  for (const paths of dynamic) {
    expect(paths).toEqual(expect.arrayContaining(["/no-store", "/no-store-bare", "/own-fetch"]));
  }
});

test("every kind of page and handler gets the vendor's responses", () => {
  const zones = expect.stringMatching(/^\[.*Loading dock/);
  const pages = {
    ...Object.fromEntries(PAGES.map((path) => [path, "200"])),
    "/static": "200 200",
    "/dynamic": "200 200",
  };
  const all = { ...pages, "/api/zones": zones, "/api/edge": zones };
  expect(answers).toEqual(all);
  expect(secondAnswers).toEqual(all);
});

test("a server signs in once for all pages and handlers, when the first page needs it", () => {
  // The edge runtime has its own global object, and the page with its own `fetch` has its own session.
  const expected = { "/dynamic": 1, "/own-fetch": 1, "/api/edge": 1 };
  expect(Object.fromEntries(Object.entries(logins).filter(([, count]) => count > 0))).toEqual(expected);
  expect(secondLogins).toEqual({ alta: 3, adminToken: 1 });
});

test("a page with an interval is revalidated with a new response of the vendor, and signs in for it", () => {
  expect(remade).toEqual({ text: "200", logins: 1 });
  expect(outputs.join("")).not.toMatch(/error|changed from static to dynamic/i);
});

test("pages, cached calls and the edge runtime recover after the vendor ends the session", () => {
  const { "/api/edge": edge, ...pages } = answersAfterRevocation;
  expect(pages).toEqual({ "/force-cache": "200", "/dynamic": "200 200", "/cookies": "200" });
  expect(edge).toMatch(/Loading dock/);
});

test("G11: no file of the build or the server contains a credential that a vendor has issued", () => {
  const next = join(application.folder, ".next");
  const secrets = vendors.issued.filter(({ isControl }) => !isControl).map(({ secret }) => secret);
  expect(secrets.length).toBeGreaterThanOrEqual(10);
  expect(filesWith(next, secrets)).toEqual([]);
});

test("the search finds the cookie and the token that a login with bare fetch leaves in the cache", () => {
  const next = join(application.folder, ".next");
  for (const vendor of ["alta", "admin-token"]) {
    const found = vendors.issued.filter((one) => one.isControl && one.vendor === vendor);
    expect(found.length).toBeGreaterThan(0);
    expect(filesWith(next, [found[0]!.secret]).join()).toMatch(/cache\/fetch-cache/);
  }
});

test("the vendor received requests for the zones, so not all pages came from a cache", () => {
  expect(vendors.calls(ZONES)).toBeGreaterThan(PAGES.length);
});
