import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createAltaSession } from "@vms/alta";
import { encryptedStore, keyvStore, memoryStore, type SessionStore } from "@vms/core";
import { fileStore } from "@vms/core/node";
import { storeContract } from "@vms/test-suite";
import Keyv from "keyv";
import { afterAll, describe, expect, test } from "vitest";
import { served } from "./served.ts";

const root = mkdtempSync(join(tmpdir(), "vms-stores-"));
afterAll(() => rmSync(root, { recursive: true }));
const directory = () => mkdtempSync(join(root, "store-"));
const key = crypto.getRandomValues(new Uint8Array(32));
/** Takes every lock away, as a waiter does that finds its holder suspended. */
function removeLocks(path: string) {
  for (const name of readdirSync(path)) {
    if (name.endsWith(".lock")) rmSync(join(path, name), { recursive: true });
  }
}
const bounds = { timeout: 25_000 };

describe("memoryStore fulfils the contract of a store", () =>
  storeContract(test, memoryStore, { locks: true, ...bounds }));

describe("fileStore fulfils the contract of a store", () => {
  const make = () => {
    const options = { directory: directory() };
    const loseLock = () => removeLocks(options.directory);
    return { store: fileStore(options), again: () => fileStore(options), loseLock };
  };
  storeContract(test, make, { locks: true, ...bounds });
});

describe("encryptedStore over files fulfils the contract of a store", () => {
  const make = () => {
    const options = { directory: directory() };
    const again = () => encryptedStore(fileStore(options), { key });
    return { store: again(), again, loseLock: () => removeLocks(options.directory) };
  };
  storeContract(test, make, { locks: true, ...bounds });
});

describe("keyvStore fulfils the contract of a store without locks", () => {
  storeContract(test, () => keyvStore(new Keyv()), bounds);
});

const stores: Record<string, () => SessionStore> = {
  memoryStore,
  fileStore: () => fileStore({ directory: directory() }),
  "encryptedStore over fileStore, by a passphrase": () =>
    encryptedStore(fileStore({ directory: directory() }), { key: "a made-up passphrase of some length" }),
  keyvStore: () => keyvStore(new Keyv()),
};
for (const [name, make] of Object.entries(stores)) {
  test(`${name} shares a session: a second session object makes no login, and signs out for both`, async () => {
    const { simulator, at } = await served();
    const store = make();
    const session = () => createAltaSession({ baseUrl: at.alta.baseUrl, credentials: simulator.alta.account, store });
    await session().login();
    simulator.alta.clearRequests();
    expect((await session().fetch("api/v1/alarmZones")).ok).toBe(true);
    expect(simulator.alta.requests.map(({ path }) => path)).toEqual(["/api/v1/alarmZones"]);
    await session().logout();
    expect(simulator.alta.sessions).toBe(0);
  });
}
