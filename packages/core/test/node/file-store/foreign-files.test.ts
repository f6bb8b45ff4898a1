import { mkdir, readdir, readFile, rm, symlink, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { LEFTOVER_AGE, removeLeftovers } from "../../../src/node/file-store/directory.ts";
import { replaceFile } from "../../../src/node/private-files/replace-file.ts";
import { posix } from "./file-values.ts";
import { fresh, hold, lockIn, open, QUICK } from "./held-lock.ts";

vi.setConfig({ testTimeout: 60_000 });

const TOKEN = "0123456789abcdef0123456789abcdef";
const HASH = "ab".repeat(32);

/** The directory of a store without locks, and the path of the lock of "session". */
async function freeLock() {
  const directory = await fresh();
  const holder = await hold(open(directory));
  const { lock } = await lockIn(directory);
  holder.end("");
  await holder.done;
  return { directory, lock };
}

/** A foreign directory, with files that are named like those of a lock. */
async function foreignDirectory(directory: string) {
  const foreign = join(directory, "..", "foreign");
  await mkdir(foreign);
  for (const name of ["letter.txt", TOKEN, `${TOKEN}.value`]) {
    await writeFile(join(foreign, name), "somebody's");
    await utimes(join(foreign, name), new Date(0), new Date(0));
  }
  return foreign;
}

const locked = (directory: string) => open(directory, QUICK).withLock("session", async () => "ran");

test.runIf(posix)("a lock that is a link is never entered, and the error says what to remove", async () => {
  const { directory, lock } = await freeLock();
  const foreign = await foreignDirectory(directory);
  await symlink(foreign, lock);
  const message = expect.stringMatching(/\.lock is a link, so this store did not write it\. Run: rm -r \S+\.lock$/);
  await expect(locked(directory)).rejects.toMatchObject({ code: "store_failed", message });
  await removeLeftovers(directory, 0);
  expect((await readdir(foreign)).sort()).toEqual([TOKEN, `${TOKEN}.value`, "letter.txt"]);
  await rm(lock);
  expect(await locked(directory)).toBe("ran");
});

for (const name of ["letter.txt", ".DS_Store", `${TOKEN}.txt`]) {
  test(`a lock that contains ${name} cannot be taken, and the error says what to remove`, async () => {
    const { directory, lock } = await freeLock();
    const file = join(lock, name);
    await mkdir(lock);
    await writeFile(file, "somebody's");
    // The files of a killed holder, and the value that it wrote, are removed.
    for (const ours of [TOKEN, `${TOKEN}.value`]) await writeFile(join(lock, ours), "");
    const message = expect.stringContaining(`${file} is in a lock, so this store did not write it. Run: rm -r ${file}`);
    await expect(locked(directory)).rejects.toMatchObject({ code: "store_failed", message });
    expect(await readdir(lock)).toEqual([name]);
    expect(await readFile(file, "utf8")).toBe("somebody's");
    await rm(file);
    expect(await locked(directory)).toBe("ran");
  });
}

test("directories that are named like the files of a lock are not removed", async () => {
  const { directory, lock } = await freeLock();
  await mkdir(join(lock, TOKEN), { recursive: true });
  await mkdir(join(lock, `${TOKEN}.value`));
  await expect(locked(directory)).rejects.toMatchObject({ code: "store_failed" });
  await removeLeftovers(directory, -1);
  expect(await readdir(lock)).toHaveLength(2);
});

test("a leftover is removed only if this store wrote every file in it", async () => {
  const { directory } = await freeLock();
  const name = (first: string) => join(directory, `${first.repeat(64)}.${TOKEN}.tmp`);
  await writeFile(name("a"), "a value");
  await mkdir(name("b"));
  await writeFile(join(name("b"), TOKEN), "");
  await mkdir(name("c"));
  for (const one of [TOKEN, "letter.txt"]) await writeFile(join(name("c"), one), "somebody's");
  const foreign = await foreignDirectory(directory);
  if (posix) await symlink(foreign, name("d"));
  await mkdir(join(directory, `${HASH}.lock`));
  await writeFile(join(directory, `${HASH}.lock`, `${TOKEN}.value`), "a value");
  await removeLeftovers(directory, LEFTOVER_AGE);
  expect(await readdir(directory)).toHaveLength(posix ? 5 : 4);
  await removeLeftovers(directory, -1000);
  const kept = [...["c", ...(posix ? ["d"] : [])].map(name), join(directory, `${HASH}.lock`)].sort();
  expect((await readdir(directory)).map((one) => join(directory, one)).sort()).toEqual(kept);
  expect(await readdir(name("c"))).toEqual(["letter.txt"]);
  expect(await readdir(join(directory, `${HASH}.lock`))).toEqual([]);
  expect(await readdir(foreign)).toHaveLength(3);
});

test("a holder whose lock contains a foreign file still releases the lock", async () => {
  const { directory } = await freeLock();
  const holder = await hold(open(directory));
  const { lock } = await lockIn(directory);
  await writeFile(join(lock, "letter.txt"), "somebody's");
  holder.end("kept");
  expect(await holder.done).toBe("kept");
  expect(await readdir(lock)).toEqual(["letter.txt"]);
});

test("a foreign temporary file is neither written nor removed", async () => {
  const { directory } = await freeLock();
  const temporary = join(directory, "somebody's.tmp");
  await writeFile(temporary, "somebody's");
  await expect(replaceFile(join(directory, "value"), temporary, "ours")).rejects.toMatchObject({ code: "EEXIST" });
  expect(await readFile(temporary, "utf8")).toBe("somebody's");
});
