import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileStore } from "@vms/core/node";
import { expect, it, onTestFinished } from "vitest";
import { type Child, startChild } from "./child-process.ts";
import { newestCode, served } from "./simulated-vendor.ts";

const caller = new URL("caller.ts", import.meta.url);

async function directoryForSessions(): Promise<string> {
  const parent = await mkdtemp(join(tmpdir(), "vms-eagleeye-"));
  onTestFinished(() => rm(parent, { recursive: true, force: true }));
  return join(parent, "sessions");
}

async function finished(child: Child): Promise<string | undefined> {
  expect(await child.ended).toBe(0);
  expect(child.lines.filter((line) => line.startsWith("store failed"))).toEqual([]);
  return child.lines.at(-1);
}

it("two processes with one store that need a code ask once and make one login", async () => {
  const { server, baseUrl } = await served();
  const argument = { baseUrl, credentials: server.account, directory: await directoryForSessions() };
  const children = [1, 2].map(() => startChild(caller, argument));
  await Promise.all(children.map((child) => child.said("calling")));
  const asked = await Promise.race(children.map((child) => child.said("asked").then(() => child)));
  asked.say(newestCode(server));
  expect(await Promise.all(children.map(finished))).toEqual(["answered 200", "answered 200"]);
  const questions = children.flatMap(({ lines }) => lines).filter((line) => line.startsWith("asked"));
  expect(questions).toEqual(["asked 1 by sms"]);
  expect([server.logins, server.loginAttempts, server.inbox.length]).toEqual([1, 1, 1]);
  const from = children.flatMap(({ lines }) => lines).filter((line) => line.startsWith("signed in"));
  expect(from.sort()).toEqual(["signed in from store", "signed in from vendor"]);
});

it("another process signs in without a code, with the stored tfa_key", async () => {
  const { server, baseUrl, newSession } = await served();
  const directory = await directoryForSessions();
  const argument = { baseUrl, credentials: server.account, directory };
  const first = startChild(caller, argument);
  await first.said("asked");
  first.say(newestCode(server));
  expect(await finished(first)).toBe("answered 200");
  server.revokeAll();
  const second = startChild(caller, argument);
  expect(await finished(second)).toBe("answered 200");
  expect(second.lines).not.toContain("asked 1 by sms");
  server.revokeAll();
  const session = newSession({ store: fileStore({ directory }) });
  expect((await session.fetch("g/user")).status).toBe(200);
  expect([server.logins, server.inbox.length]).toEqual([3, 1]);
});
