import { readFileSync } from "node:fs";
import { memoryStore, type SessionStore } from "@vms/core";
import { useNock } from "@vms-tooling/testing";
import { expect, it } from "vitest";
import type { EagleEyeOptions } from "../src/index.ts";
import { newSession, onAuthenticate, user, withCookie } from "./vendor.ts";

useNock();

const text = readFileSync(new URL("first-record.json", import.meta.url), "utf8");
const account = "canary.user%40acme.example";
const keyFor = (digest: string) => `vms|eagleeye|https://login.eagleeyenetworks.com|${account}|${digest}`;
// Fixed: another key would cause a login for every user, and possibly a code.
const plain = keyFor("6368483f492eb347");
const inRealm = keyFor("ad9a510faa2e9e57");

/** The key that a session looks for. */
async function keyOf(options: Partial<EagleEyeOptions>): Promise<string | undefined> {
  let seen: string | undefined;
  const store: SessionStore = {
    ...memoryStore(),
    get: async (key) => {
      seen = key;
      throw new Error("seen enough");
    },
  };
  const fetch: typeof globalThis.fetch = () => Promise.resolve(new Response("", { status: 465 }));
  await newSession({ ...options, store, fetch })
    .login()
    .catch(() => {});
  return seen;
}

it("a record of the first version is used with its original key", async () => {
  const store = memoryStore();
  await store.set(plain, text);
  withCookie().get("/g/user").reply(200, user);
  expect((await newSession({ store }).fetch("g/user")).status).toBe(200);
});

it("a record of the first version is also used in its realm", async () => {
  const store = memoryStore();
  await store.set(inRealm, text);
  withCookie().get("/g/user").reply(200, user);
  expect((await newSession({ store, realm: "eagleeyenetworks" }).fetch("g/user")).status).toBe(200);
});

it("two accounts, or an account and a realm, never share a key", async () => {
  const kinds: Partial<EagleEyeOptions>[] = [
    {},
    { realm: "a" },
    { realm: "b" },
    { account: "a" },
    { account: "b" },
    { realm: "a", account: "a" },
    { realm: "a", account: "b" },
    { realm: "b", account: "a" },
  ];
  const keys = await Promise.all(kinds.map(keyOf));
  expect(keys[0]).toBe(plain);
  expect(new Set(keys).size).toBe(kinds.length);
});

it("a record of one account is not used for another account", async () => {
  const store = memoryStore();
  await store.set(plain, text);
  onAuthenticate(465, "");
  const session = newSession({ store, account: "00004207" });
  await expect(session.login()).rejects.toMatchObject({ code: "account_unavailable" });
});
