import { spawn } from "node:child_process";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { placePage } from "./page.ts";
import { serveVendor } from "./vendor.ts";

const page = placePage("web-frameworks");

test("the page has a program for each framework", () => {
  expect(page.sections).toEqual(["Hono", "Fastify", "Express", "Astro", "NestJS"]);
});

test.each(page.sections)(
  "%s: the commands print what the page shows, with one login and a sign-out",
  async (section) => {
    await using vendor = await serveVendor();
    await page.play(section, vendor.environment);
    expect(vendor.server.logins).toBe(1);
    expect(vendor.server.sessions).toBe(0);
  },
);

/** Runs a program that imports files of the page, and returns its output. */
async function run(program: string, environment: Readonly<Record<string, string>>): Promise<string> {
  const env = { NO_COLOR: "1", ...environment };
  const args = ["--input-type=module-typescript", "--eval", program];
  const child = spawn(process.execPath, args, { cwd: page.folder, env, stdio: ["ignore", "pipe", "inherit"] });
  return (await text(child.stdout)).trim();
}

test("modules that are loaded again after an edit share one session", async () => {
  await using vendor = await serveVendor();
  const url = JSON.stringify(pathToFileURL(join(page.folder, "session.ts")).href);
  const program = `
    const loaded = await Promise.all([1, 2, 3].map((edit) => import(${url} + "?edit=" + edit)));
    console.log(new Set(loaded).size, new Set(loaded.map(({ alta }) => alta())).size);
    for (const { alta } of loaded) await alta().fetch("api/v1/alarmZones");
    await loaded[0].closeAlta();
  `;
  expect(await run(program, vendor.environment)).toBe("3 1");
  expect(vendor.server.logins).toBe(1);
  expect(vendor.server.sessions).toBe(0);
});

test("the session's module loads without variables, and a call then names the first missing one", async () => {
  const program = `
    import { alta } from "./session.ts";
    await alta().fetch("api/v1/alarmZones").catch((error) => console.log(error.code, error.message));
  `;
  expect(await run(program, { VMS_ALTA_URL: "https://acme.invalid" })).toMatch(/^invalid_options .*VMS_ALTA_USERNAME/);
});

test("a client cannot read a response that is returned without `passOn`", async () => {
  await using vendor = await serveVendor();
  const program = `
    import { once } from "node:events";
    import { serve } from "@hono/node-server";
    import { alta, closeAlta } from "./session.ts";
    const server = serve({ fetch: () => alta().fetch("api/v1/alarmZones"), port: 0 });
    await once(server, "listening");
    const url = "http://127.0.0.1:" + server.address().port;
    console.log(await fetch(url).then((response) => response.text()).catch((error) => error.name));
    server.close();
    await closeAlta();
  `;
  expect(await run(program, vendor.environment)).toBe("TypeError");
});
