import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import process from "node:process";
import { beforeAll, expect, test } from "vitest";
import { programsOf } from "../src/programs.ts";

// Each stub prints the real program's output for exactly these arguments, and fails for any others.
const PROGRAMS = {
  op: `
    case "$*" in
      "read op://operations/acme/username") echo operator ;;
      "read op://operations/acme/password") echo "made up # 1" ;;
      *) echo "[ERROR] 2026/01/01 00:00:00 could not read secret" >&2; exit 1 ;;
    esac`,
  vault: `
    [ "$*" = "kv get -mount=secret -format=json -field=data acme" ] || { echo "Error" >&2; exit 2; }
    printf '{\\n  "password": "made up # 1",\\n  "username": "operator"\\n}\\n'`,
  aws: `
    [ "$*" = "secretsmanager get-secret-value --secret-id=acme --query=SecretString --output=text" ] || exit 254
    echo '{"username":"operator","password":"made up # 1"}'`,
  gcloud: `
    [ "$*" = "secrets versions access latest --secret=acme --quiet" ] || { echo "ERROR: (gcloud)" >&2; exit 1; }
    printf 'made up # 1'`,
};

const folder = join(import.meta.dirname, "../.report/credentials");
const recipes = programsOf("docs/guides/credentials.md").filter(({ code }) => code.includes("FromCommand("));
const called = (code: string) => Object.keys(PROGRAMS).filter((name) => code.includes(`"${name}"`));

beforeAll(() => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, "bin"), { recursive: true });
  for (const [name, script] of Object.entries(PROGRAMS)) {
    writeFileSync(join(folder, "bin", name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(folder, "bin", name), 0o755);
  }
});

test("the page has one recipe for each program", () => {
  expect(recipes.flatMap(({ code }) => called(code))).toEqual(Object.keys(PROGRAMS));
});

test.skipIf(process.platform === "win32").each(recipes.map((recipe) => [called(recipe.code)[0], recipe.code] as const))(
  "the recipe for %s returns the user name and the password",
  (name, code) => {
    const program = join(folder, `${name}.ts`);
    writeFileSync(program, `${code}\nprocess.stdout.write(JSON.stringify(await credentials()));\n`);
    const PATH = [join(folder, "bin"), dirname(process.execPath), process.env.PATH].join(delimiter);
    const { stdout, stderr } = spawnSync(process.execPath, [program], { env: { PATH }, encoding: "utf8" });
    expect([stdout, stderr]).toEqual([JSON.stringify({ username: "operator", password: "made up # 1" }), ""]);
  },
);
