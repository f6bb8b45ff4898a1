import { execFile } from "node:child_process";
import {
  chmod,
  chown,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  truncate,
  writeFile,
} from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import type { SessionStore } from "../../../src/contract/session-store.ts";
import { fileStore } from "../../../src/node/file-store/file-store.ts";
import { encryptedStore } from "../../../src/store/encrypted-store.ts";
import { fakeVendor } from "../../fake-vendor.ts";
import { posix } from "./file-values.ts";
import { temporaryDirectory } from "./temporary.ts";

const root = process.geteuid?.() === 0;
const BYTES = new Uint8Array(32).fill(7);

/** A vendor, a store with one session, and the path of the session's file. */
async function kept(wrap: (store: SessionStore) => SessionStore = (store) => store) {
  const vendor = fakeVendor();
  const directory = join(await temporaryDirectory(), "sessions");
  await vendor.session({ store: wrap(fileStore({ directory })) }).login();
  const [name = ""] = await readdir(directory);
  return { vendor, directory, file: join(directory, name) };
}

/** Makes a call with a session of a new store. Returns the store failures that the session reported. */
async function callWith(vendor: ReturnType<typeof fakeVendor>, store: SessionStore) {
  const session = vendor.session({ store });
  const failures: string[] = [];
  session.on("store_failed", ({ operation, error }) => void failures.push(`${operation}: ${error.message}`));
  for (const path of ["a", "b"]) expect((await session.fetch(path)).status).toBe(200);
  return failures;
}

interface Refused {
  readonly spoil: (file: string) => Promise<unknown>;
  readonly says: RegExp;
  readonly where?: boolean;
}

const refused: Record<string, Refused> = {
  // A sparse file larger than the memory, which cannot be read to the end. Some file systems do not support such files.
  "a file of 40 GiB": {
    spoil: (file) => truncate(file, 40 * 2 ** 30).catch(() => truncate(file, 2e6)),
    says: /larger/,
  },
  "a file that is one byte too long": { spoil: (file) => truncate(file, 1_048_577), says: /larger than 1048576 bytes/ },
  "a file that is not text": { spoil: (file) => writeFile(file, Buffer.from([0xc3, 0x28, 0xff])), says: /is not text/ },
  "a file that others can read": { spoil: (file) => chmod(file, 0o644), says: /chmod 600/, where: posix },
  "another user's file": { spoil: (file) => chown(file, 65_534, 65_534), says: /another user/, where: root },
  "a link to a good file": {
    spoil: async (file) => {
      await rename(file, `${file}.kept`);
      await symlink(`${file}.kept`, file);
    },
    says: /is a link/,
    where: posix,
  },
  "a pipe": {
    spoil: async (file) => {
      await rm(file);
      await promisify(execFile)("mkfifo", ["-m", "600", file]);
    },
    says: /is not a file/,
    where: posix,
  },
};
for (const [what, { spoil, says, where = true }] of Object.entries(refused)) {
  test.runIf(where)(
    `${what} instead of a record is not used: the session reports why, signs in and replaces it`,
    async () => {
      const { vendor, directory, file } = await kept();
      await spoil(file);
      const failures = await callWith(vendor, fileStore({ directory }));
      expect(vendor.logins).toBe(2);
      // Read before the lock, and again under it.
      expect(failures).toEqual(Array(2).fill(expect.stringMatching(/^get: /)));
      expect(failures[0]).toMatch(says);
      expect(JSON.parse(await readFile(file, "utf8")).session.data).toBe("token-2");
      if (posix) expect((await stat(file)).mode & 0o777).toBe(0o600);
      expect(await callWith(vendor, fileStore({ directory }))).toEqual([]);
      expect(vendor.logins).toBe(2);
    },
  );
}

test("a directory instead of a record cannot be replaced: the session reports that and continues in memory", async () => {
  const { vendor, directory, file } = await kept();
  await rm(file);
  await mkdir(file);
  const failures = await callWith(vendor, fileStore({ directory }));
  expect(vendor.logins).toBe(2);
  expect(failures.map((failure) => failure.split(":")[0])).toEqual(["get", "get", "set"]);
});

const spoiled: Record<string, (sealed: string) => string> = {
  truncated: (sealed) => sealed.slice(0, -9),
  emptied: () => "",
  "replaced by a record in clear text": () =>
    JSON.stringify({ session: { vendor: "fake", account: "operator", data: "token-1" } }),
  "replaced by JSON of something else": () => JSON.stringify({ name: "some-package", version: "1.0.0" }),
  "changed by one character": (sealed) => sealed.replace(/.$/, (last) => (last === "A" ? "Q" : "A")),
};
for (const [what, spoil] of Object.entries(spoiled)) {
  test(`an encrypted record that was ${what} is not used: the session reports that, signs in and replaces it`, async () => {
    const wrap = (store: SessionStore) => encryptedStore(store, { key: BYTES });
    const { vendor, directory, file } = await kept(wrap);
    await writeFile(file, spoil(await readFile(file, "utf8")));
    const failures = await callWith(vendor, wrap(fileStore({ directory })));
    expect(failures).toEqual(Array(2).fill(expect.stringMatching(/^get: .*stored value/)));
    expect(vendor.logins).toBe(2);
    expect(await callWith(vendor, wrap(fileStore({ directory })))).toEqual([]);
    expect(vendor.logins).toBe(2);
  });
}

test("with a wrong passphrase the session reports that, signs in and replaces the record", async () => {
  const { vendor, directory } = await kept((store) => encryptedStore(store, { key: "the right passphrase" }));
  const wrong = () => encryptedStore(fileStore({ directory }), { key: "the wrong passphrase" });
  expect(await callWith(vendor, wrong())).toEqual(Array(2).fill(expect.stringMatching(/^get: .*cannot be decrypted/)));
  expect(await callWith(vendor, wrong())).toEqual([]);
  expect(vendor.logins).toBe(2);
}, 60_000);

for (const length of [0, 16, 24, 31, 33, 64]) {
  test(`a key of ${length} bytes is rejected before anything is stored`, async () => {
    const inner = fileStore({ directory: await temporaryDirectory() });
    expect(() => encryptedStore(inner, { key: new Uint8Array(length) })).toThrow(
      expect.objectContaining({ code: "invalid_options", message: expect.stringContaining(`32 bytes, not ${length}`) }),
    );
  });
}
