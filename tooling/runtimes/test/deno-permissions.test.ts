import { mkdtempSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import process from "node:process";
import { must } from "@vms-tooling/pack/run";
import { expect, inject, test } from "vitest";

const deno = createRequire(import.meta.url).resolve("deno/bin.cjs");

const program = `
import { fileStore } from "@vms/core/node";
try {
  await fileStore({ directory: Deno.args[0] }).set("a", "b");
  console.log("stored");
} catch (error) {
  console.log(error.message);
}
`;

test.for([
  ["--allow-read", /^\[@vms\/core\] .+ Run Deno with --allow-write\.$/],
  ["--allow-read --allow-write", /^\[@vms\/core\] .+ Run Deno with --allow-sys\.$/],
  ["--allow-read --allow-write --allow-sys=uid", /^stored$/],
] as const)("a file store in Deno with %s works, or says which flag it needs", async ([flags, said]) => {
  const project = inject("project");
  const file = join(project, "file-store.js");
  writeFileSync(file, program);
  const directory = join(mkdtempSync(join(project, "denied-")), "sessions");
  const all = ["run", "--no-prompt", "--allow-env", ...flags.split(" "), "--node-modules-dir=manual", "--no-config"];
  const printed = await must(process.execPath, [deno, ...all, file, directory], { cwd: project, timeout: 60_000 });
  expect(printed.trim()).toMatch(said);
});
