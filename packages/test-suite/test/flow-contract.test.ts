import { describe, expect, test } from "vitest";
import { flowContract } from "../src/index.ts";
import { acme, acmeServer } from "./acme.ts";
import { brokenSessions } from "./broken-sessions.ts";
import { brokenSignIns } from "./broken-sign-ins.ts";
import { collected } from "./collected.ts";

flowContract(test, acme(), acmeServer);

const rows = [...brokenSignIns, ...brokenSessions];

describe.concurrent("a flow that is wrong in one way", { timeout: 60_000 }, () => {
  for (const { how, makeSession, fails, options } of rows) {
    test(`${how}: fails exactly the clauses about it`, async ({ expect }) => {
      const { failed } = await collected((clause) =>
        flowContract(clause, makeSession, acmeServer, { timeout: 12_000, ...options }),
      );
      expect(Object.fromEntries(failed)).toEqual(Object.fromEntries(fails.map((name) => [name, expect.any(String)])));
    });
  }
});

test("each clause fails for some defect, and has a unique name", () => {
  const all: string[] = [];
  for (const signsOut of [true, false]) {
    const names: string[] = [];
    flowContract((name) => names.push(name), acme(), acmeServer, { signsOut });
    expect(new Set(names).size).toBe(names.length);
    all.push(...names);
  }
  const proven = new Set(rows.flatMap(({ fails }) => fails));
  expect(all.filter((name) => !proven.has(name))).toEqual([]);
});

test("with one server for all clauses, the clauses wait for each other, even if the runner starts them together", async () => {
  const { failed } = await collected((clause) => flowContract(clause, acme(), acmeServer(), { timeout: 20_000 }));
  expect(failed).toEqual(new Map());
}, 60_000);
