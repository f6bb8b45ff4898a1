import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { serve as serveFetch } from "@hono/node-server";
import { createFindFaceServer, type FindFaceServer } from "@vms/simulator";
import { serve } from "@vms/simulator/node";
import type { Express } from "express";
import type { FastifyInstance } from "fastify";
import type { Hono } from "hono";
import { beforeAll, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { placePage } from "./place-page.ts";

const placed = placePage("docs/guides/clients.md");

function variables(vendor: FindFaceServer, baseUrl: string): Record<string, string> {
  const { username, password } = vendor.account;
  return { VMS_FINDFACE_URL: baseUrl, VMS_FINDFACE_USERNAME: username, VMS_FINDFACE_PASSWORD: password };
}

/** Runs Node with arguments against a vendor. */
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

test.each(PROGRAMS)(
  "the program with-%s.ts makes a GET and a POST, and shows an error status, with one login",
  async (name) => {
    const vendor = createFindFaceServer();
    const { out, err, status } = await run([placed(`with-${name}.ts`)], vendor);
    expect([err, status]).toEqual(["", 0]);
    expect(out.split("\n")).toEqual(["200 operator", "204", "400 BAD_PARAM"]);
    expect(vendor.logins).toBe(1);
    expect(vendor.sessions).toBe(0);
    // The session's own user agent, not that of a client.
    const agents = new Set(vendor.requests.map(({ headers }) => headers.get("user-agent")));
    expect([...agents]).toEqual(["vms-findface"]);
  },
);

test("the program with Apollo Client makes a query and a mutation, and shows an error status", async () => {
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

test("a failed login is shown by its code, and the password is sent once", async () => {
  const vendor = createFindFaceServer();
  const { out, err, status } = await run([placed("with-fetch.ts")], vendor, "made-up-and-wrong");
  expect([out, status]).toEqual(["", 1]);
  expect(err).toMatch(/^invalid_credentials \[@vms\/findface\] /);
  expect(vendor.loginAttempts).toBe(1);
});

test("modules that are loaded again after an edit share one session", async () => {
  const vendor = createFindFaceServer();
  const url = pathToFileURL(placed("one-session.ts")).href;
  const program = `
    const loaded = await Promise.all([1, 2, 3].map((edit) => import(${JSON.stringify(url)} + "?edit=" + edit)));
    console.log(new Set(loaded).size, new Set(loaded.map(({ session }) => session)).size);
    for (const { session } of loaded) console.log((await session.fetch("users/me/")).status);
    await loaded[0].session.close();
  `;
  const { out, err } = await run(["--input-type=module", "-e", program], vendor);
  expect(err).toBe("");
  expect(out.split("\n")).toEqual(["3 1", "200", "200", "200"]);
  expect(vendor.logins).toBe(1);
});

describe("a server passes on a response that the vendor has compressed", () => {
  const BODY = JSON.stringify({ name: "operator", notes: "made up ".repeat(1_000) });
  const vendor = createFindFaceServer();

  beforeAll(async () => {
    const { baseUrl, close } = await serve(vendor);
    Object.assign(process.env, variables(vendor, baseUrl));
    return close;
  });

  beforeEach(() => {
    const headers = { "content-type": "application/json", "content-encoding": "gzip", "x-made-up": "kept" };
    vendor.script({ when: ({ path }) => path === "/users/me/", headers, body: new Uint8Array(gzipSync(BODY)) });
  });

  async function expectPassedOn(url: string) {
    const response = await fetch(url);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-encoding")).toBeNull();
    expect(response.headers.get("x-made-up")).toBe("kept");
    expect(await response.text()).toBe(BODY);
  }

  /** Serves a handler of requests, and returns its address. */
  async function start(fetch: (request: Request) => Response | Promise<Response>): Promise<string> {
    const { promise, resolve } = Promise.withResolvers<number>();
    const server = serveFetch({ fetch, port: 0 }, ({ port }) => resolve(port));
    onTestFinished(() => void server.close());
    return `http://127.0.0.1:${await promise}`;
  }

  test("a handler that returns a Response", async () => {
    const { GET }: { GET: (request: Request) => Promise<Response> } = await import(placed("handler.ts"));
    await expectPassedOn(await start(GET));
  });

  test("without the recipe, the response cannot be read", async () => {
    const { session } = await import(placed("session.ts"));
    const url = await start(() => session.fetch("users/me/"));
    await expect(fetch(url).then((response) => response.text())).rejects.toThrow();
  });

  test("Hono", async () => {
    const { app }: { app: Hono } = await import(placed("hono-app.ts"));
    await expectPassedOn(`${await start((request) => app.fetch(request))}/me`);
  });

  test("Fastify", async () => {
    const { app }: { app: FastifyInstance } = await import(placed("fastify-app.ts"));
    onTestFinished(() => app.close());
    await expectPassedOn(`${await app.listen({ port: 0, host: "127.0.0.1" })}/me`);
  });

  test("Express", async () => {
    const { app }: { app: Express } = await import(placed("express-app.ts"));
    const { promise, resolve } = Promise.withResolvers<void>();
    const server = app.listen(0, "127.0.0.1", () => resolve());
    onTestFinished(() => void server.close());
    await promise;
    const address = server.address();
    await expectPassedOn(`http://127.0.0.1:${typeof address === "object" ? address?.port : ""}/me`);
  });
});
