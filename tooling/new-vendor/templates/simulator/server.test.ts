import { expect, test } from "vitest";
import { createYourVendorServer, type YourVendorServer } from "../src/index.ts";
import { call, json } from "./requests.ts";

// Write this: each response that the vendor documents.

async function signIn(server: YourVendorServer): Promise<{ headers: { authorization: string } }> {
  const { token } = (await (await call(server, "api/login", json(server.account))).json()) as { token: string };
  return { headers: { authorization: `Bearer ${token}` } };
}

test("Your Vendor's login returns a token that is valid for calls", async () => {
  const server = createYourVendorServer();
  const session = await signIn(server);
  expect((await call(server, server.firstCall, session)).status).toBe(200);
  expect([server.logins, server.sessions]).toEqual([1, 1]);
});

test("Your Vendor's login returns 401 to a wrong password and to invalid JSON", async () => {
  const server = createYourVendorServer();
  const { username } = server.account;
  expect((await call(server, "api/login", json({ username, password: "wrong" }))).status).toBe(401);
  expect((await call(server, "api/login", { ...json({}), body: "{" })).status).toBe(401);
  expect([server.loginAttempts, server.logins]).toEqual([2, 0]);
});

test("Your Vendor returns 401 to calls and sign-outs without a session, and 404 to unknown paths with one", async () => {
  const server = createYourVendorServer();
  for (const path of [server.firstCall, "api/unknown"]) expect((await call(server, path)).status).toBe(401);
  expect((await call(server, "api/logout", { method: "POST" })).status).toBe(401);
  expect((await call(server, "api/unknown", await signIn(server))).status).toBe(404);
});

test("Your Vendor's sign-out ends the session", async () => {
  const server = createYourVendorServer();
  const session = await signIn(server);
  expect((await call(server, "api/logout", { method: "POST", ...session })).status).toBe(204);
  expect((await call(server, server.firstCall, session)).status).toBe(401);
});
