import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { createAltaServer } from "@vms/simulator";
import { expect, it } from "vitest";
import { front, PROFILE, type Route, worldOf } from "../../support/profile-fixture.ts";

const unmodified: Route = (_request, response) => void response.writeHead(304).end();
const elsewhere: Route = (_request, response) =>
  void response.writeHead(302, { location: "http://nobody.invalid/x?token=made-up" }).end();
/** Writes to the socket directly, because Node refuses to send this. */
const raw =
  (text: string): Route =>
  (request) =>
    void request.socket.end(text);

const routes = {
  "/304": unmodified,
  "/elsewhere": elsewhere,
  "/099": raw("HTTP/1.1 099 Odd\r\ncontent-length: 2\r\n\r\nhi"),
  "/broken": raw("HTTP/1.1 200 OK\r\nbad header\r\n\r\nhi"),
};

it("says why no file was saved, and sets the exit status", async () => {
  const { home, run } = await worldOf(createAltaServer(), {}, front(routes));
  await run(["api", PROFILE, "api/v1/alarmZones"]);
  const before = await readdir(home);
  const file = join(home, "f");
  const unsaved = await run(["api", PROFILE, "304", "-o", file]);
  expect([unsaved.exit, unsaved.stderr]).toEqual([
    1,
    expect.stringContaining("answered 304 Not Modified: nothing was saved."),
  ]);
  expect((await run(["api", PROFILE, "304"])).exit).toBe(0);
  const odd = await run(["api", PROFILE, "099", "-o", file]);
  expect([odd.exit, odd.stderr]).toEqual([
    6,
    expect.stringContaining("answered 99 Odd, which is no answer to a call."),
  ]);
  expect(await readdir(home)).toEqual(before);
});

it("distinguishes a response that is not HTTP from none, and names the unreachable host of a redirect", async () => {
  const { run } = await worldOf(createAltaServer(), {}, front(routes));
  const broken = await run(["api", PROFILE, "broken"]);
  expect([broken.exit, broken.stderr]).toEqual([6, expect.stringMatching(/breaks the rules of HTTP \(HPE_\w+\)\./)]);
  const lost = await run(["api", PROFILE, "elsewhere"]);
  expect([lost.exit, lost.stderr]).toEqual([
    5,
    expect.stringMatching(/the host nobody\.invalid could not be reached \(E\w+\)\./),
  ]);
  expect(lost.stderr).not.toContain("made-up");
});
