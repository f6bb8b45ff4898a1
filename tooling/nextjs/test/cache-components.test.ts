import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Application, type Build, copyApplication } from "./application.ts";
import { filesWith } from "./files-with.ts";
import { serveVendors, type Vendors } from "./vendors.ts";

let vendors: Vendors;
let application: Application;
let built: Build;
let answers: string[];
let logins: number[];
let refused: Build;

beforeAll(async () => {
  vendors = await serveVendors();
  application = copyApplication("cache-components", vendors.environment);
  built = await application.build();
  expect(built.status, built.output).toBe(0);
  logins = [vendors.logins().alta];
  const server = await application.start();
  answers = [await server.get("/cached"), await server.get("/dynamic"), await server.get("/dynamic")];
  await server.stop();
  logins.push(vendors.logins().alta);
  refused = await application.build({ WITH_REFUSED: "1" });
  logins.push(vendors.logins().alta);
});

afterAll(async () => {
  await vendors?.close();
  application?.remove();
});

test('with `cacheComponents`, a page in "use cache" renders at build time, and a page after `connection()` on each request', () => {
  expect(answers).toEqual(["3", "200", "200"]);
  expect(built.output).toMatch(/○ \/cached/);
  expect(built.output).toMatch(/◐ \/dynamic/);
});

test("the build and the server each sign in once", () => {
  expect(logins.slice(0, 2)).toEqual([1, 2]);
});

test("Next.js rejects a page that calls before both and names its line, and the login that the page starts finishes", () => {
  expect(refused.status).toBe(1);
  expect(refused.output).toMatch(/Route "\/before-connection".*Date\.now\(\)/);
  expect(refused.output).toContain("await connection()");
  expect(refused.output).toContain("app/before-connection/page.refused.jsx:4");
  expect(refused.output).not.toMatch(/VendorUnavailable|fetch failed|HANGING_PROMISE_REJECTION/);
  // The login that the rejected page started has finished.
  expect(logins[2]).toBe(3);
});

test("G11: no file below `.next` contains a credential that the vendor has issued", () => {
  const secrets = vendors.issued.map(({ secret }) => secret);
  expect(secrets).toHaveLength(3);
  expect(filesWith(join(application.folder, ".next"), secrets)).toEqual([]);
});
