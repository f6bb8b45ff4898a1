import { mkdtempSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { root } from "@vms-tooling/pack/packages";
import { must } from "@vms-tooling/pack/run";
import { seeInChromium } from "./chromium.ts";
import { UNDICI_MAJORS } from "./programs.ts";
import type { Result } from "./result.ts";
import type { Runtime, Seen } from "./runtime.ts";
import { type Servers, serveVendors } from "./serve-vendors.ts";

const installed = join(import.meta.dirname, "../node_modules");
const { resolve } = createRequire(import.meta.url);
const bun = resolve("bun/bin/bun.exe");
const deno = resolve("deno/bin.cjs");

export const runtimes: readonly Runtime[] = [
  nodeProgram("Node 22", join(installed, "node-22/bin/node")),
  nodeProgram("Node 24", join(root, "node_modules/node/bin/node")),
  nodeProgram("Node 26", join(installed, "node-26/bin/node")),
  program("Bun", bun),
  program("Deno", process.execPath, [deno], ["run", "--allow-all", "--node-modules-dir=manual", "--no-config"]),
  { name: "workerd", see: (project) => withServers(project, (servers) => seeInWorkerd(project, servers)) },
  { name: "Chromium", see: (project) => withServers(project, (servers) => seeInChromium(project, servers)) },
];

/** A runtime that runs a program of a project. */
function program(name: string, file: string, before: readonly string[] = [], run: readonly string[] = []): Runtime {
  return {
    name,
    see: (project) =>
      withServers(project, async ({ places }) => {
        const input = JSON.stringify({ places, directory: mkdtempSync(join(project, "store-")) });
        const args = [...before, ...run, join(project, "main.js"), input];
        const printed = await must(file, args, { cwd: project, timeout: 30_000 });
        return { version: versionIn(await must(file, [...before, "--version"])), results: seenIn(printed) };
      }),
  };
}

/** A version of Node, which also tests the entries that need undici, with each undici. */
function nodeProgram(name: string, file: string): Runtime {
  const { see } = program(name, file);
  return {
    name,
    async see(project) {
      const { version, results } = await see(project);
      const all = { ...results };
      for (const major of UNDICI_MAJORS) {
        const cwd = join(project, `undici-${major}`);
        const tried = seenIn(await must(file, [join(cwd, "undici.js")], { cwd, timeout: 30_000 }));
        for (const [what, result] of Object.entries(tried)) all[`\`${what}\`, undici ${major}`] = result;
      }
      return { version, results: all };
    },
  };
}

async function seeInWorkerd(project: string, { places }: Servers): Promise<Seen> {
  writeFileSync(join(project, "places.json"), JSON.stringify(places));
  const config = join(project, "workerd.capnp");
  writeFileSync(
    config,
    `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = (
      modules = [(name = "worker.js", esModule = embed "worker.bundle.js")],
      bindings = [(name = "PLACES", text = embed "places.json")],
      compatibilityDate = "2026-01-01",
    )),
    # By default a worker reaches the public Internet and not this machine; here it is the other way round.
    (name = "internet", network = (allow = ["local"])),
  ],
);
`,
  );
  const workerd = resolve("workerd/bin/workerd");
  const printed = await must(workerd, ["test", config], { cwd: project, timeout: 30_000 });
  return { version: versionIn(await must(workerd, ["--version"])), results: seenIn(printed) };
}

async function withServers(project: string, see: (servers: Servers) => Promise<Seen>): Promise<Seen> {
  await using servers = await serveVendors(project);
  const { version, results } = await see(servers);
  return { version, results: { ...results, "`User-Agent`": servers.userAgentCame() ? "works" : "it does not arrive" } };
}

function seenIn(printed: string): Record<string, Result> {
  const line = /^SEEN (.*)$/m.exec(printed)?.[1];
  if (line === undefined) throw new Error(`the program printed no result:\n${printed}`);
  return JSON.parse(line);
}

function versionIn(printed: string): string {
  return /\d+[\d.-]*\d/.exec(printed)?.[0] ?? "";
}
