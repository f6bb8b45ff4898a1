import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { createFindFaceServer, type FindFaceServer } from "@vms/simulator";
import { serve } from "@vms/simulator/node";
import { expect, onTestFinished, test } from "vitest";
import { placePage } from "./place-page.ts";

const placed = placePage("docs/guides/clients.md");

function variables(vendor: FindFaceServer, baseUrl: string): Record<string, string> {
  const { username, password } = vendor.account;
  return { VMS_FINDFACE_URL: baseUrl, VMS_FINDFACE_USERNAME: username, VMS_FINDFACE_PASSWORD: password };
}

async function run(args: readonly string[], vendor: FindFaceServer, password?: string) {
  const { baseUrl, close } = await serve(vendor);
  onTestFinished(close);
  const env = { ...variables(vendor, baseUrl), ...(password === undefined ? {} : { VMS_FINDFACE_PASSWORD: password }) };
  const child = spawn(process.execPath, args, { env: { NO_COLOR: "1", ...env } });
  const ended = new Promise((resolve) => child.on("close", resolve));
  const [out, err, status] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { out: out.trim(), err: err.trim(), status };
}

const PROGRAMS = ["fetch", "ky", "own-ky", "openapi-fetch", "hey-api", "axios", "ofetch", "wretch"];

test.each(PROGRAMS)("with-%s.ts makes a GET and a POST, and prints an error status, with one login", async (name) => {
  const vendor = createFindFaceServer();
  const { out, err, status } = await run([placed(`with-${name}.ts`)], vendor);
  expect([err, status]).toEqual(["", 0]);
  expect(out.split("\n")).toEqual(["200 operator", "204", "400 BAD_PARAM"]);
  expect(vendor.logins).toBe(1);
  expect(vendor.sessions).toBe(0);
  // The session's user agent, not the client's.
  const agents = new Set(vendor.requests.map(({ headers }) => headers.get("user-agent")));
  expect([...agents]).toEqual(["vms-findface"]);
});

test("with-apollo.ts makes a query and a mutation, and prints an error status", async () => {
  const vendor = createFindFaceServer();
  const when = ({ path }: { path: string }) => path === "/graphql";
  const headers = { "content-type": "application/json" };
  vendor.script({ when, headers, body: '{"data":{"cameras":[{"id":1,"name":"North"}]}}' });
  vendor.script({ when, headers, body: '{"data":{"rename":{"name":"North door"}}}' });
  vendor.script({ when, headers, status: 500, body: "{}" });
  const { out, err, status } = await run([placed("with-apollo.ts")], vendor);
  expect([err, status]).toEqual(["", 0]);
  expect(out.split("\n")).toEqual(["North", "North door", "500"]);
  const calls = vendor.requests.filter(when);
  expect(calls.map(({ headers }) => headers.get("authorization")?.split(" ")[0])).toEqual(["Token", "Token", "Token"]);
  expect(vendor.logins).toBe(1);
});

test("a failed login prints its code, and the password is sent once", async () => {
  const vendor = createFindFaceServer();
  const { out, err, status } = await run([placed("with-fetch.ts")], vendor, "made-up-and-wrong");
  expect([out, status]).toEqual(["", 1]);
  expect(err).toMatch(/^invalid_credentials \[@vms\/findface\] /);
  expect(vendor.loginAttempts).toBe(1);
});
