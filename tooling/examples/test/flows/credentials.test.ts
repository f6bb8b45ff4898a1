import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ApiKeyProvider, CredentialsProvider, Session, SessionOptions } from "@vms/core";
import { type ContractServer, type ContractTest, flowContract, type MakeSession } from "@vms/test-suite";
import { describe, expect, test } from "vitest";
import { ROOT } from "../../src/pages.ts";
import { BASE, CREDENTIALS, type Part, placeFlows, refused, served, sessionOf } from "./page.ts";

const PAGE = "docs/guides/vendor-call-credentials.md";
const load = placeFlows(PAGE, "credentials");
const loadSignIn = placeFlows("docs/guides/vendor-sign-ins.md", "sign-ins");
const loadFirst = placeFlows("docs/guides/writing-a-vendor.md", "contract");

test("a token that changes is read, one call at a time, with its own expiry", async () => {
  const { flow } = await loadSignIn<{ flow: Part<string> }>("rotating.ts");
  let current = 0;
  const zones = ({ headers }: Request) => {
    if (headers.get("x-token") !== `token-${current}`) return refused();
    return new Response(null, { headers: { "x-next-token": `token-${++current}` } });
  };
  const { fetch, seen } = served({ zones });
  const session = sessionOf({ ...flow, login: async () => ({ data: "token-0", user: {} }) }, { fetch });
  const calls = await Promise.all(Array.from({ length: 5 }, () => session.fetch("zones")));
  expect(calls.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
  expect(seen).toHaveLength(5);
  expect(Math.round(((session.info?.expiresAt ?? 0) - Date.now()) / 60_000)).toBe(20);
});

function cookieVendor() {
  const isSignedIn = ({ headers }: Request) => headers.get("cookie") === "sid=made-up";
  return served({
    async login(request) {
      if ((await request.json()).password !== CREDENTIALS.password) return refused();
      return new Response(null, { headers: { "set-cookie": "sid=made-up; Max-Age=60; Path=/" } });
    },
    me: (request) => (isSignedIn(request) ? Response.json({ name: "ada" }) : refused()),
  });
}

test("a cookie is read with its expiry and sent", async () => {
  const { cookieFlow } = await loadSignIn<{ cookieFlow: (url: URL) => Part<string> }>("cookies.ts");
  const { fetch } = cookieVendor();
  const session = sessionOf(cookieFlow(new URL(BASE)), { fetch });
  expect((await session.fetch("me")).status).toBe(200);
  const { issuedAt = 0, expiresAt } = session.info ?? {};
  expect(expiresAt).toBe(issuedAt + 60_000);
  const wrong = { ...CREDENTIALS, password: "made-up and wrong" };
  const refusing = sessionOf(cookieFlow(new URL(BASE)), { fetch, credentials: wrong });
  await expect(refusing.login()).rejects.toMatchObject({ code: "invalid_credentials" });
});

test.each([
  ["is used", { sid: "made-up" }, ["me"]],
  ["that has ended leads to a login", { sid: "ended" }, ["me", "login"]],
  ["with another name leads to a login", { other: "made-up" }, ["login"]],
])("a cookie from elsewhere %s", async (_, cookies, requests) => {
  const { cookieFlow } = await loadSignIn<{ cookieFlow: (url: URL) => Part<string> }>("cookies.ts");
  const { fetch, seen } = cookieVendor();
  const session = sessionOf(cookieFlow(new URL(BASE)), { fetch, cookies });
  const { user } = await session.login();
  expect([user, seen]).toEqual([{ name: "ada" }, requests]);
});

test("a signature covers the method, the path and the body", async () => {
  const { flow } = await load<{ flow: Part<{ id: string; secret: string }> }>("signed.ts");
  const signed = async (request: Request) => {
    const { pathname, search } = new URL(request.url);
    const text = `${request.method}\n${pathname}${search}\n${await request.text()}`;
    const expected = createHmac("sha256", CREDENTIALS.password).update(text).digest("hex");
    const isSigned = request.headers.get("x-signature") === expected;
    return isSigned && request.headers.get("x-key-id") === "ada" ? Response.json([]) : refused();
  };
  const { fetch } = served({ me: signed, zones: signed, "zones?page=2": signed });
  const session = sessionOf(flow, { fetch });
  expect((await session.fetch("zones?page=2")).status).toBe(200);
  expect((await session.http.post("zones", { json: { name: "Gate" } })).status).toBe(200);
});

test("an API key is checked at the login, and sent with each call", async () => {
  interface Page {
    createAcmeSession(
      options: SessionOptions<ApiKeyProvider | CredentialsProvider> & { readonly baseUrl: string },
    ): Session;
  }
  const { createAcmeSession } = await load<Page>("api-key.ts");
  const me = ({ headers }: Request) =>
    headers.get("x-api-key") === "made-up-key" ? Response.json({ name: "Ada" }) : refused();
  const { fetch, seen } = served({ me, zones: me });
  const open = (credentials: ApiKeyProvider | CredentialsProvider) =>
    createAcmeSession({ baseUrl: BASE, credentials, fetch });
  expect((await open({ apiKey: "made-up-key" }).fetch("zones")).status).toBe(200);
  expect(seen).toEqual(["me", "zones"]);
  await expect(open({ apiKey: "wrong" }).login()).rejects.toMatchObject({ code: "invalid_credentials" });
  await expect(open(CREDENTIALS).login()).rejects.toMatchObject({ code: "invalid_options" });
});

describe("a flow with API keys passes the contract, except three clauses about user names and passwords", async () => {
  const { makeSession } = await load<{ makeSession: MakeSession }>("api-key-session.ts");
  const { except } = await loadFirst<{ except: (test: ContractTest, known: Record<string, string>) => ContractTest }>(
    "except.ts",
  );
  const page = readFileSync(join(ROOT, PAGE), "utf8");
  const [, listed = ""] = /^Three clauses are about .+\n\n((?:- ".+"\n)+)/m.exec(page) ?? [];
  const names = [...listed.matchAll(/^- "(.+)"$/gm)].map(([, name = ""]) => name);

  test("three are named", () => {
    expect(names).toHaveLength(3);
  });

  function createServer(): ContractServer {
    const account = { username: "ada", password: "made-up-and-long" };
    let isLive = false;
    let logins = 0;
    const { fetch } = served({
      me(request) {
        if (request.headers.get("x-api-key") !== account.password) return refused();
        isLive = true;
        logins++;
        return Response.json({ name: "Ada" });
      },
      zones: ({ headers }) => (isLive && headers.get("x-api-key") === account.password ? Response.json([]) : refused()),
    });
    return {
      baseUrl: BASE,
      account,
      firstCall: "zones",
      fetch,
      revokeAll: () => {
        isLive = false;
      },
      get logins() {
        return logins;
      },
    };
  }
  const known = Object.fromEntries(names.map((name) => [name, "there is a key only"]));
  flowContract(except(test, known), makeSession, createServer, {
    signsOut: false,
    cannot: { calls: "there is one call", post: "no call has a body", forbiddenCall: "there are no roles" },
    print: () => {},
    timeout: 30_000,
  });
});
