import { spawn } from "node:child_process";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { createAltaServer } from "@vms/simulator";
import { serve } from "@vms/simulator/node";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { type Example, examplesOf, folderOf } from "../src/examples.ts";
import { FRONT, guides } from "../src/guides.ts";
import { ROOT } from "../src/packages.ts";
import { RUN_ELSEWHERE } from "./run-elsewhere.ts";

const copies = join(import.meta.dirname, "../.report/programs");
const pages = [FRONT, ...guides(ROOT, []).map(({ path }) => path)];
const examples = pages.filter((page) => !RUN_ELSEWHERE.has(page)).flatMap((page) => examplesOf(ROOT, page));
const fileOf = ({ page, file }: Example) => join(copies, folderOf(page), file);
const named = (list: readonly Example[]) =>
  list.map((example) => [`${example.page}:${example.line}`, example] as const);

beforeAll(async () => {
  await rm(copies, { recursive: true, force: true });
  for (const example of examples) {
    await mkdir(join(copies, folderOf(example.page)), { recursive: true });
    await writeFile(fileOf(example), example.code);
  }
});

async function run(example: Example, env: Record<string, string> = {}): Promise<string> {
  const child = spawn(process.execPath, [fileOf(example)], {
    env: { PATH: process.env.PATH ?? "", NO_COLOR: "1", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = new Promise((resolve) => child.on("close", resolve));
  const [out, err, status] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  expect(`${err}${status === 0 ? "" : out}`).toBe("");
  expect(status).toBe(0);
  return out.trim();
}

describe("the programs of the first session run unchanged", () => {
  const programs = examples.filter(({ page }) => page.endsWith("/first-session.md"));
  const SAYS = [
    /name: .*is signed in$/s,
    /^true\n2$/,
    /^invalid_credentials - \[@vms\/alta\] /,
    /signed in .*refused with 401.*signed in/s,
  ];

  test("there are four programs", () => {
    expect(programs.length).toBe(SAYS.length);
  });

  test.each(named(programs))("%s", async (_, program) => {
    const vendor = createAltaServer();
    const { baseUrl, close } = await serve(vendor);
    onTestFinished(close);
    const { username, password } = vendor.account;
    const env = { VMS_ALTA_URL: baseUrl, VMS_ALTA_USERNAME: username, VMS_ALTA_PASSWORD: password };
    expect(await run(program, env)).toMatch(SAYS[programs.indexOf(program)] ?? /^never$/);
  });
});

test("the program of the front page prints what the page shows", async () => {
  const [program] = examples.filter(({ page }) => page === FRONT);
  const [output] = examplesOf(ROOT, FRONT, "text");
  if (program === undefined || output === undefined) throw new Error("The front page has no program with its output.");
  expect(await run(program)).toBe(output.code.trim());
});

describe("the tests of the pages pass unchanged", () => {
  const tests = examples.filter(({ code }) => code.includes('from "node:test"'));

  test("there are tests on stores, on the simulator and on writing a vendor", () => {
    const pages = new Set(tests.map(({ page }) => page.split("/").at(-1)));
    expect(pages).toEqual(new Set(["stores.md", "testing-with-the-simulator.md", "writing-a-vendor.md"]));
  });

  test.each(named(tests))("%s", async (_, one) => {
    expect(await run(one)).toMatch(/pass [1-9]/);
  });
});
