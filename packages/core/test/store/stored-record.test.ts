import { readFileSync } from "node:fs";
import { chmod, copyFile, mkdir, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { fileStore } from "../../src/node/file-store/file-store.ts";
import { memoryStore } from "../../src/store/memory-store.ts";
import { storeKey } from "../../src/store/store-key.ts";
import { fakeVendor } from "../fake-vendor.ts";
import { temporaryDirectory } from "../node/file-store/temporary.ts";
import { virtualClock } from "../virtual-clock.ts";

const path = fileURLToPath(new URL("fixtures/record.json", import.meta.url));
const text = readFileSync(path, "utf8");
const record = JSON.parse(text).session;
const NOW = Date.UTC(2026, 0, 1, 0, 2);

async function vendorThatKnowsTheRecord() {
  const vendor = fakeVendor(virtualClock(NOW));
  vendor.live.add("made-up-token-1");
  return { vendor, key: await storeKey(vendor.flow, "operator") };
}

test("a record of the first version is adopted, and its unknown keys are kept", async () => {
  const { vendor, key } = await vendorThatKnowsTheRecord();
  const store = memoryStore();
  await store.set(key, text);
  const session = vendor.session({ store });
  expect((await session.fetch("a")).status).toBe(200);
  expect(vendor.logins).toBe(0);
  expect(session.info?.user).toEqual({ name: "operator", role: "a field that this version does not know" });
  await vendor.clock.advance(600_000);
  await session.fetch("a");
  await vendor.clock.advance(0);
  const kept = JSON.parse((await store.get(key)) ?? "").session;
  expect(kept).toMatchObject({ fromALaterVersion: { kept: true }, data: "made-up-token-1" });
  expect(kept.usedAt).toBeGreaterThan(NOW);
});

test("the key of a record and its file name do not change", async () => {
  const { vendor, key } = await vendorThatKnowsTheRecord();
  expect(key).toBe("vms|fake|https://vendor.example|operator|6368483f492eb347");
  const directory = join(await temporaryDirectory(), "sessions");
  await mkdir(directory, { mode: 0o700 });
  const file = join(directory, "41d9c5cef6963ddc3a2b26bd5f23bf64f136eeb1196e0636b0824f01902224ef.session");
  await copyFile(path, file);
  await chmod(file, 0o600);
  expect((await vendor.session({ store: fileStore({ directory }) }).fetch("a")).status).toBe(200);
  expect(vendor.logins).toBe(0);
});

const damaged: Record<string, string> = {
  "an empty file": "",
  "a truncated record": text.slice(0, 200),
  "another program's file": "[general]\nname = something else\n",
  "JSON of something else": JSON.stringify({ name: "some-package", version: "1.0.0", session: { user: "operator" } }),
  "JSON that is not an object": "null",
  "a record of the largest allowed size, truncated": `${text.slice(0, 200)}${" ".repeat(1_048_000)}`,
  "a record without its secret": JSON.stringify({ session: { ...record, data: undefined } }),
  "a record with an invalid time": JSON.stringify({ session: { ...record, issuedAt: "yesterday" } }),
  "another account's record": JSON.stringify({ session: { ...record, account: "somebody else" } }),
  "a record whose secret has a shape that the vendor's flow does not know": JSON.stringify({
    session: { ...record, data: { token: "made-up-token-1" } },
  }),
};
for (const [what, content] of Object.entries(damaged)) {
  test(`${what} is replaced by a login`, async () => {
    const { vendor, key } = await vendorThatKnowsTheRecord();
    const directory = join(await temporaryDirectory(), "sessions");
    const store = fileStore({ directory });
    await store.set(key, content);
    const session = vendor.session({ store });
    expect((await session.fetch("a")).status).toBe(200);
    expect(vendor.logins).toBe(1);
    const [name = ""] = await readdir(directory);
    expect(JSON.parse(await readFile(join(directory, name), "utf8")).session.data).toBe("token-1");
  });
}
