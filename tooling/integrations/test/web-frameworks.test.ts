import { expect, onTestFinished, test } from "vitest";
import { placePage } from "./page.ts";
import { serveVendor } from "./vendor.ts";

const page = placePage("web-frameworks");

test("the page has a program for each framework", () => {
  expect(page.sections).toEqual(["Hono", "Fastify", "Express", "Astro", "NestJS"]);
});

test.each(page.sections)(
  "%s: what the page shows, with one login for several processes' worth of modules",
  async (section) => {
    const vendor = await serveVendor();
    onTestFinished(vendor[Symbol.asyncDispose]);
    await page.play(section, vendor.environment);
    expect(vendor.server.logins).toBe(1);
    expect(vendor.server.sessions).toBe(0);
  },
);
