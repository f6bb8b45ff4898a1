import { execFile } from "node:child_process";
import { mkdirSync } from "node:fs";
import { chmod, chown, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { fileStore } from "../../../src/node/file-store/file-store.ts";
import { KEY, posix, refusal, SECRET, withValue } from "./file-values.ts";
import { temporaryDirectory } from "./temporary.ts";

const run = promisify(execFile);
const root = process.geteuid?.() === 0;

describe.runIf(posix)("permissions", () => {
  test("the directory is 0700 and the file 0600, with any umask", async () => {
    const before = process.umask(0);
    try {
      const { directory, file } = await withValue();
      expect((await stat(directory)).mode & 0o777).toBe(0o700);
      expect((await stat(file)).mode & 0o777).toBe(0o600);
    } finally {
      process.umask(before);
    }
  });

  test("a file keeps 0600 when it is replaced", async () => {
    const { store, file } = await withValue();
    await chmod(file, 0o644);
    await store.set(KEY, "2");
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  for (const mode of [0o770, 0o720, 0o702, 0o777, 0o1777]) {
    test(`a directory of mode ${mode.toString(8)} is rejected, with the command that fixes it`, async () => {
      const { directory, store } = await withValue();
      await chmod(directory, mode);
      for (const operation of [() => store.get(KEY), () => store.set(KEY, "2"), () => store.delete(KEY)]) {
        expect(await refusal(operation())).toContain(`chmod 700 ${directory}`);
      }
      await chmod(directory, 0o755);
      expect(await store.get(KEY)).toBe(SECRET);
    });
  }

  test("the command that fixes it can be pasted into a shell", async () => {
    const directory = join(await temporaryDirectory(), "it's $(here)");
    mkdirSync(directory);
    await chmod(directory, 0o777);
    const message = await refusal(fileStore({ directory }).set(KEY, SECRET));
    await run("sh", ["-c", message.slice(message.indexOf("chmod"))]);
    await fileStore({ directory }).set(KEY, SECRET);
  });

  for (const mode of [0o640, 0o604, 0o620, 0o666]) {
    test(`a file of mode ${mode.toString(8)} is rejected, with the command that fixes it`, async () => {
      const { store, file } = await withValue();
      await chmod(file, mode);
      expect(await refusal(store.get(KEY))).toContain(`chmod 600 ${file}`);
    });
  }

  test.runIf(root)("a directory of another user is rejected", async () => {
    const { directory, store } = await withValue();
    await chown(directory, 65_534, 65_534);
    for (const operation of [() => store.get(KEY), () => store.set(KEY, "2")]) {
      expect(await refusal(operation())).toMatch(/another user/);
    }
  });

  test.runIf(root)("a file of another user is rejected, and replaced by the next write", async () => {
    const { store, file } = await withValue();
    await chown(file, 65_534, 65_534);
    expect(await refusal(store.get(KEY))).toMatch(/another user/);
    await store.set(KEY, "2");
    expect(await store.get(KEY)).toBe("2");
  });

  test("a link instead of a file is rejected, and replaced without a change to its target", async () => {
    const { directory, store, file } = await withValue();
    const target = join(directory, "..", "elsewhere");
    await writeFile(target, "somebody's", { mode: 0o600 });
    await rm(file);
    await symlink(target, file);
    expect(await refusal(store.get(KEY))).toMatch(/is a link/);
    await store.set(KEY, "2");
    expect(await store.get(KEY)).toBe("2");
    expect(await readFile(target, "utf8")).toBe("somebody's");
  });

  test("a pipe instead of a file is rejected without a wait", async () => {
    const { store, file } = await withValue();
    await rm(file);
    await run("mkfifo", ["-m", "600", file]);
    expect(await refusal(store.get(KEY))).toMatch(/is not a file/);
  });

  test("the temporary directory of this machine, which everyone can write to, is rejected", async () => {
    if (((await stat(tmpdir())).mode & 0o022) === 0) return;
    expect(await refusal(fileStore({ directory: tmpdir() }).set(KEY, SECRET))).toMatch(
      /other users can write|another user/,
    );
  });
});

test.runIf(process.platform === "linux")(
  "a directory that cannot be created is an error, and is not retried forever",
  async () => {
    for (const directory of ["/proc/vms", "/proc/vms/sessions"]) {
      expect(await refusal(fileStore({ directory }).set(KEY, SECRET))).toContain(
        `could not create ${directory} (ENOENT).`,
      );
    }
  },
);
