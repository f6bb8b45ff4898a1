import { readFileSync } from "node:fs";
import { join } from "node:path";
import { serve } from "@hono/node-server";
import { type ContractServer, type ContractTest, flowContract, type MakeSession } from "@vms/test-suite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ROOT } from "../../src/pages.ts";
import { FLOW_PAGES } from "../../src/real-flows.ts";
import { placeFlows } from "./page.ts";

const PAGE = "docs/guides/writing-a-vendor.md";
const textOf = (page: string) => readFileSync(join(ROOT, page), "utf8");
const load = placeFlows(PAGE, "first-flow");
const { createAcmeSession } = await load<{ createAcmeSession: MakeSession }>("acme.ts");
const { createAcmeServer } = await load<{ createAcmeServer: () => ContractServer }>("acme-server.ts");
const { realServer } = await load<{
  realServer: (baseUrl: string, account: ContractServer["account"]) => ContractServer;
}>("real-server.ts");
const { except } = await load<{
  except: (test: ContractTest, known: Readonly<Record<string, string>>) => ContractTest;
}>("except.ts");

test("the clauses that the guides list are clauses of the contract", () => {
  const listed = [
    ...FLOW_PAGES.map(textOf)
      .join("\n")
      .matchAll(/^- "(.+)"$/gm),
  ].map(([, name]) => name);
  expect(listed.length).toBeGreaterThan(6);
  const clauses: string[] = [];
  flowContract((name) => clauses.push(name), createAcmeSession, createAcmeServer, { signs: true });
  expect(listed.filter((name) => name === undefined || !clauses.includes(name))).toEqual([]);
});

test("the first flow is shorter than 40 lines", () => {
  const [, code = ""] = /^```ts\n([\s\S]*?)^```$/m.exec(textOf(PAGE)) ?? [];
  expect(code).toContain("// acme.ts");
  expect(code.trimEnd().split("\n").length).toBeLessThan(40);
});

describe("the first flow passes the contract against a server on the network", () => {
  const acme = createAcmeServer();
  const fetch = async (request: Request) => (await acme.fetch?.(request)) ?? new Response(null, { status: 500 });
  const lines: string[] = [];
  let close: () => unknown = () => {};
  let real: ContractServer | undefined;
  beforeAll(async () => {
    real = await new Promise<ContractServer>((resolve) => {
      const server = serve({ fetch, hostname: "127.0.0.1", port: 0 }, ({ port }) => {
        resolve(realServer(`http://127.0.0.1:${port}/api`, acme.account));
      });
      close = () => server.close();
    });
  });
  afterAll(() => close());

  const options = {
    lifetime: { expiresIn: 3_600_000 },
    calls: ["cameras"],
    post: { path: "notes", json: {} },
    forbiddenCall: "users",
    timeout: 30_000,
    print: (line: string) => lines.push(line),
  };
  flowContract(test, createAcmeSession, async () => real ?? expect.fail("the server has not started"), options);

  test("the page shows a line of its report", () => {
    const [, shown] = /^```text\n(not tested: .+)\n```$/m.exec(textOf(PAGE)) ?? [];
    expect(lines).toContain(shown);
  });
});

describe("clauses in `except`", () => {
  const FAILS = "fails (it has no signatures): it is signed";

  function collect(isSigned: boolean) {
    const runs = new Map<string, () => unknown>();
    const collected = except((name, run) => runs.set(name, run), { "it is signed": "it has no signatures" });
    const no = () => Promise.reject(new Error("no"));
    collected("it is signed", isSigned ? () => {} : no);
    collected("it is broken", no);
    return runs;
  }

  test("must fail, and no other clause may", async () => {
    const runs = collect(false);
    expect([...runs.keys()]).toEqual([FAILS, "it is broken"]);
    await runs.get(FAILS)?.();
    await expect(runs.get("it is broken")?.()).rejects.toThrow("no");
  });

  test("are an error once they pass", async () => {
    await expect(collect(true).get(FAILS)?.()).rejects.toThrow("Missing expected rejection");
  });
});
