import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, inject, test } from "vitest";
import { installWithPnpm, installWithYarn, type Managed } from "../src/managers.ts";
import { entriesOf, published } from "../src/packages.ts";

const packed = inject("packed");
const scratch = inject("scratch");
const libraries = published.filter((one) => entriesOf(one).length > 0);
const peers = { redis: "^6.0.0", undici: "^8.0.0" };

/** Loads every entry of every package, and an optional peer dependency. */
const program = `
  import { nodeFetch } from "@vms/core/node";
  ${libraries
    .flatMap(entriesOf)
    .map((entry) => `import "${entry}";`)
    .join("\n  ")}
  console.log(typeof nodeFetch());`;

const managers: readonly (readonly [string, typeof installWithPnpm])[] = [
  ["pnpm", installWithPnpm],
  ["Yarn Plug'n'Play", installWithYarn],
];

test.for(managers)("with %s, a program loads every entry of its project's dependencies", async ([name, install]) => {
  const names = libraries.map((one) => one.name);
  const project = await install(join(scratch, "managed", name), packed, names, peers);
  expect(await printed(project, program)).toEqual({ status: 0, stdout: "function\n", stderr: "" });
});

test.for(managers)("with %s, the core must be installed beside a vendor to be imported", async ([name, install]) => {
  const project = await install(join(scratch, "managed-vendor", name), packed, ["@vms/alta"]);
  expect(await printed(project, 'import "@vms/alta";')).toMatchObject({ status: 0 });
  const { status, stderr } = await printed(project, 'import "@vms/core/node";');
  expect(status).not.toBe(0);
  expect(stderr).toContain("@vms/core");
});

async function printed(project: Managed, code: string) {
  writeFileSync(join(project.directory, "program.js"), code);
  return project.node("program.js");
}
