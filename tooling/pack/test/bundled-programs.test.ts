import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { beforeAll, describe, expect, inject, test } from "vitest";
import { run } from "../src/run.ts";

const project = inject("project");
// Outside the project, so that nothing resolves beside the bundle.
const folder = join(inject("scratch"), "bundled");

const signIn = (fetch: string) => `
  import * as undici from "undici";
  import { createAltaSession } from "@vms/alta";
  import { nodeFetch } from "@vms/core/node";
  import { createSimulator } from "@vms/simulator";
  import { serveAll } from "@vms/simulator/node";

  async function main() {
    const simulator = createSimulator();
    const { alta, close } = await serveAll(simulator);
    const { username, password } = simulator.alta.account;
    const session = createAltaSession({ baseUrl: alta.baseUrl, credentials: { username, password }, fetch: ${fetch} });
    console.log((await session.fetch("api/v1/alarmZones")).status, typeof undici.Agent);
    await session.close();
    await close();
  }
  main().catch((error) => {
    console.log(error.code, error.message);
    process.exit();
  });`;

/** The banner that esbuild needs in ES modules for CommonJS dependencies such as undici. */
const banner = 'import { createRequire as from } from "node:module"; const require = from(import.meta.url);';
const FORMATS = [
  { format: "cjs", extension: "cjs", options: {} },
  { format: "esm", extension: "mjs", options: { banner: { js: banner } } },
] as const;

beforeAll(() => {
  mkdirSync(folder);
});

describe.for(FORMATS)("a program that esbuild bundles as $format", ({ format, extension, options }) => {
  async function bundled(name: string, contents: string) {
    const outfile = join(folder, `${name}.${extension}`);
    await build({
      stdin: { contents, resolveDir: project },
      bundle: true,
      platform: "node",
      format,
      outfile,
      logLevel: "silent",
      ...options,
    });
    return run(process.execPath, [outfile], { cwd: folder });
  }

  test("signs in with the undici that it contains", async () => {
    expect(await bundled("given", signIn("nodeFetch({ undici })"))).toEqual({
      status: 0,
      stdout: "200 function\n",
      stderr: "",
    });
  });

  test("gets an error that says what to pass without undici", async () => {
    const { stdout } = await bundled("not-given", signIn("nodeFetch()"));
    expect(stdout).toMatch(/^invalid_options .*undici was not found. A bundle needs the option `undici`/);
  });
});
