import { spawnSync } from "node:child_process";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { describe, expect, test, vi } from "vitest";
import { temporaryDirectory } from "../file-store/temporary.ts";
import { PAIR } from "./secret-files.ts";

vi.setConfig({ testTimeout: 60_000 });

const root = process.geteuid?.() === 0;
// As root, no user namespace is needed. In one, root could not become another user.
const NAMESPACE = root ? ["-m"] : ["-rm"];
const canMount = spawnSync("unshare", [...NAMESPACE, "mount", "-t", "tmpfs", "tmpfs", "/mnt"]).status === 0;
const READER = fileURLToPath(new URL("programs/read-credentials.ts", import.meta.url));

/** Runs shell commands in their own mount namespace, then reads the credentials in `path`. Returns the output of the reader. */
async function read(path: string, prepare: string, user?: number): Promise<string> {
  const directory = await temporaryDirectory();
  const script = `set -eu; cd "$DIRECTORY"; ${prepare}\nexec "$NODE" "$READER" "${path}" ${user ?? ""}`;
  const env = { ...process.env, DIRECTORY: directory, SECRET: JSON.stringify(PAIR), NODE: process.execPath, READER };
  const { stdout, stderr } = spawnSync("unshare", [...NAMESPACE, "sh", "-c", script], { env, encoding: "utf8" });
  return stdout.trim() || stderr;
}

/** A secret volume of Kubernetes: the files are links into a directory that is replaced as a whole. */
const kubernetes = `
  chmod 755 .; mkdir volume; mount -t tmpfs -o mode=1777 tmpfs volume
  mkdir volume/..2026_01; printf %s "$SECRET" > volume/..2026_01/acme.json; chmod 644 volume/..2026_01/acme.json
  ln -s ..2026_01 volume/..data; ln -s ..data/acme.json volume/acme.json`;
/** A secret of Docker, where /run/secrets can be writable. */
const docker = `
  mount -t tmpfs -o mode=755 tmpfs /run; mkdir /run/secrets; printf %s "$SECRET" > /run/secrets/acme.json
  chmod 444 /run/secrets/acme.json`;
const readOnly = (path: string) => `mount -o remount,bind,ro ${path}`;

const users = [["who mounted it", undefined], ...(root ? [["who did not", 65_534] as const] : [])] as const;

describe.runIf(canMount).each(users)("credentialsFromFile, as the user %s", (_, user) => {
  const accepted = JSON.stringify(PAIR);

  test("accepts a secret of Kubernetes: mode 0644, behind links, on a read-only mount", async () => {
    expect(await read("volume/acme.json", `${kubernetes}\n${readOnly("volume")}`, user)).toBe(accepted);
  });

  test("refuses the same file on a writable mount", async () => {
    expect(await read("volume/acme.json", kubernetes, user)).toMatch(/other than .* closed to other users.*chmod 600/);
  });

  test("accepts a secret of Docker below /run/secrets: mode 0444", async () => {
    expect(await read("/run/secrets/acme.json", docker, user)).toBe(accepted);
    expect(await read("/var/run/secrets/acme.json", docker, user)).toBe(accepted);
  });

  test("refuses a file next to /run/secrets, and a link in it that points outside", async () => {
    const beside = `${docker}; mv /run/secrets /run/secrets-of-all`;
    expect(await read("/run/secrets-of-all/acme.json", beside, user)).toContain("other than its owner");
    const out = `${docker}; mv /run/secrets/acme.json /run/acme.json; ln -s /run/acme.json /run/secrets/acme.json`;
    expect(await read("/run/secrets/acme.json", out, user)).toContain("other than its owner");
  });

  test("accepts a single file of a host user that is mounted read-only", async () => {
    const prepare = `chmod 755 .; printf %s "$SECRET" > host.json; chmod 644 host.json; ${root ? "chown 12345 host.json" : ""}
      touch acme.json; mount --bind host.json acme.json`;
    expect(await read("acme.json", `${prepare}; ${readOnly("acme.json")}`, user)).toBe(accepted);
    expect(await read("acme.json", prepare, user)).toContain(root ? "another user" : "other than its owner");
  });
});

test.runIf(canMount && root)(
  "a file of root that everyone can read is refused, with the commands that fix it",
  async () => {
    const prepare = `chmod 755 .; printf %s "$SECRET" > acme.json; chmod 644 acme.json`;
    expect(await read("acme.json", prepare, 65_534)).toMatch(/chown 65534 (\S+) && chmod 600 \1$/);
  },
);
