import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { createAltaServer } from "@vms/simulator";
import { expect, it } from "vitest";
import { front, PROFILE, type Route, worldOf } from "../../support/profile-fixture.ts";
import { vmsCommand } from "../../support/run-vms.ts";

const unmodified: Route = (_request, response) => void response.writeHead(304).end();
const elsewhere: Route = (_request, response) =>
  void response.writeHead(302, { location: "http://nobody.invalid/x?token=made-up" }).end();
/** Answers before the body is read. */
const refusing: Route = (_request, response) => void response.writeHead(413).end("too large");
const moved: Route = (request, response) => {
  request.resume();
  response.writeHead(307, { location: "/elsewhere" }).end();
};
/** Writes to the socket directly, because Node refuses to send this. */
const raw =
  (text: string): Route =>
  (request) =>
    void request.socket.end(text);

const routes = {
  "/304": unmodified,
  "/elsewhere": elsewhere,
  "/broken": raw("HTTP/1.1 200 OK\r\nbad header\r\n\r\nhi"),
  "/broken-body": raw("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nhi\r\nbad size\r\n"),
  "/moved": moved,
  "/refusing": refusing,
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
  expect(await readdir(home)).toEqual(before);
});

it("distinguishes an invalid HTTP response from a missing one, and names the unreachable host of a redirect", async () => {
  const { run } = await worldOf(createAltaServer(), {}, front(routes));
  const broken = await run(["api", PROFILE, "broken"]);
  expect([broken.exit, broken.stderr]).toEqual([6, expect.stringMatching(/is not valid HTTP \(HPE_\w+\)\./)]);
  const brokenBody = await run(["api", PROFILE, "broken-body"]);
  expect([brokenBody.exit, brokenBody.stderr]).toEqual([6, expect.stringMatching(/is not valid HTTP \(HPE_\w+\)\./)]);
  const lost = await run(["api", PROFILE, "elsewhere"]);
  expect([lost.exit, lost.stderr]).toEqual([
    5,
    expect.stringMatching(/the host nobody\.invalid could not be reached \(E\w+\)\./),
  ]);
  expect(lost.stderr).not.toContain("made-up");
});

it("follows the redirect of a call with fields, and reports that of an upload", async () => {
  const { home, run } = await worldOf(createAltaServer(), {}, front(routes));
  const fields = await run(["api", PROFILE, "moved", "-f", "name=gate"]);
  expect(fields.stderr).toContain("the host nobody.invalid could not be reached");
  const file = join(home, "config.json");
  for (const [source, input] of [[file], ["-", "piped"]] as const) {
    const upload = await run(["api", PROFILE, "moved", "--input", source], input);
    expect(upload).toMatchObject({ exit: 1, stdout: "" });
    expect(upload.stderr).toBe("vms: the vendor answered with a redirect, which is not followed with --input.\n");
  }
});

it("ends with the response to an upload, even if standard input stays open", async () => {
  const { env } = await worldOf(createAltaServer(), {}, front(routes));
  const [program, ...first] = vmsCommand;
  const child = spawn(program, [...first, "api", PROFILE, "refusing", "--input", "-"], { env });
  child.stdin.write("the beginning");
  const [[exit], stdout] = await Promise.all([once(child, "close"), text(child.stdout)]);
  expect({ exit, stdout }).toEqual({ exit: 4, stdout: "too large" });
});
