import { lstat, mkdir, readFile, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readPrivate, writePrivate } from "../src/files/private-file.ts";
import { changeConfig, readConfig } from "../src/profiles/config.ts";
import type { Profile } from "../src/profiles/profile.ts";
import { passwordName, readPassword, removePassword, savePassword } from "../src/secrets/saved-password.ts";
import type { System } from "../src/system/system.ts";
import { environment, home } from "./support/run-vms.ts";
import { filesIn, leftoversIn } from "./support/simulated-vendors.ts";
import { testSystem } from "./support/test-system.ts";

const profile: Profile = { vendor: "alta", username: "night@acme.example", url: "https://acme.example" };

async function here(): Promise<{ readonly dir: string; readonly system: System }> {
  const dir = await home();
  return { dir, system: testSystem([], environment(dir)).system };
}

test("all concurrent changes of the configuration are kept", async () => {
  const { dir, system } = await here();
  const names = Array.from({ length: 20 }, (_, index) => `p${index}`);
  await Promise.all(
    names.map((name) =>
      changeConfig(system, (config) => ({ ...config, profiles: { ...config.profiles, [name]: profile } })),
    ),
  );
  expect(Object.keys((await readConfig(system)).profiles).sort()).toEqual(names.sort());
  expect(await leftoversIn(dir)).toEqual([]);
});

test("properties of a newer version stay in the configuration", async () => {
  const { dir, system } = await here();
  const text = JSON.stringify({ profiles: { alta: { ...profile, colour: "red" } }, key: "file", later: { a: 1 } });
  await writeFile(join(dir, "config.json"), text, { mode: 0o600 });
  await changeConfig(system, (config) => ({ ...config, profiles: { ...config.profiles, second: profile } }));
  const after = JSON.parse(await readFile(join(dir, "config.json"), "utf8"));
  expect(after).toMatchObject({ profiles: { alta: { colour: "red" }, second: profile }, key: "file", later: { a: 1 } });
});

test.each([
  ["{", "is not JSON"],
  ["[]", 'has no "profiles"'],
  ['{"profiles":{"a":[]}}', 'the profile "a" is malformed: it must be an object.'],
  ['{"profiles":{"a":{"vendor":"acme-1","username":"u"}}}', '"vendor" must be one of: alta, '],
  ['{"profiles":{"a":{"vendor":"alta","username":""}}}', '"username" must be text'],
  ['{"profiles":{"a":{"vendor":"alta","username":"u","url":"acme-1"}}}', '"url" must be a URL'],
  ['{"profiles":{"a":{"vendor":"alta","username":"u","ca":1}}}', '"ca" must be the path'],
  ['{"profiles":{"a":{"vendor":"alta","username":"u","options":"acme-1"}}}', '"options" must be an object'],
  ['{"profiles":{"a":{"vendor":"alta","username":"u","saved":"acme-1"}}}', '"saved" must be "keyring" or "file"'],
  ['{"profiles":{},"key":"acme-1"}', '"key" must be "keyring" or "file"'],
])("a configuration of %s is rejected with its path", async (text, said) => {
  const { dir, system } = await here();
  await writeFile(join(dir, "config.json"), text, { mode: 0o600 });
  await expect(readConfig(system)).rejects.toThrow(said);
  await expect(readConfig(system)).rejects.toThrow(join(dir, "config.json"));
  await expect(readConfig(system)).rejects.not.toThrow("acme-1");
});

test("a file is replaced atomically, closed to others, and leftovers of killed writers are removed", async () => {
  const { dir } = await here();
  const path = join(dir, "deep", "file.json");
  await writePrivate(path, "one");
  await writeFile(`${path}.0123456789ab.tmp`, "a secret, half");
  await writeFile(`${path}.notes.tmp`, "somebody's own");
  await writePrivate(path, "two");
  expect(await readPrivate(path)).toBe("two");
  expect(await filesIn(join(dir, "deep"))).toEqual(["file.json", "file.json.notes.tmp"]);
  if (process.platform === "win32") return;
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect((await stat(join(dir, "deep"))).mode & 0o777).toBe(0o700);
});

test.runIf(process.platform !== "win32")("a file behind a symbolic link is replaced there", async () => {
  const { dir } = await here();
  await mkdir(join(dir, "dotfiles"));
  await writeFile(join(dir, "dotfiles", "config.json"), "{}", { mode: 0o600 });
  await symlink(join(dir, "dotfiles", "config.json"), join(dir, "config.json"));
  await writePrivate(join(dir, "config.json"), "new");
  expect((await lstat(join(dir, "config.json"))).isSymbolicLink()).toBe(true);
  expect(await readFile(join(dir, "dotfiles", "config.json"), "utf8")).toBe("new");
});

test("a path that cannot be read or written is named", async () => {
  const { dir } = await here();
  await mkdir(join(dir, "folder"));
  await expect(readPrivate(join(dir, "folder"))).rejects.toThrow(/folder/);
  await writeFile(join(dir, "file"), "");
  await expect(writePrivate(join(dir, "file", "below"), "x")).rejects.toThrow(join(dir, "file"));
});

test("a saved password is found by user and host, under any profile name", async () => {
  const { system } = await here();
  const saved = { ...profile, saved: "file" } as const;
  expect(await readPassword(system, saved)).toBeUndefined();
  await Promise.all([
    savePassword(system, saved, "file", "first-made-up"),
    savePassword(system, { ...saved, username: "day@acme.example" }, "file", "second-made-up"),
  ]);
  expect(await readPassword(system, saved)).toBe("first-made-up");
  expect(await readPassword(system, { ...saved, url: "https://acme.example/api/" })).toBe("first-made-up");
  expect(await readPassword(system, { ...saved, url: "https://acme.example.evil" })).toBeUndefined();
  expect(await readPassword(system, { ...saved, vendor: "findface" })).toBeUndefined();
  expect(await readPassword(system, profile)).toBeUndefined();
  await removePassword(system, saved);
  expect(await readPassword(system, saved)).toBeUndefined();
  expect(await readPassword(system, { ...saved, username: "day@acme.example" })).toBe("second-made-up");
  expect(passwordName(profile)).not.toContain("made-up");
});
