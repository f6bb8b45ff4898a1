import { describe, expect, test } from "vitest";
import { flowContract } from "../src/index.ts";
import { acme, acmeServer, acmeStated } from "./acme.ts";
import { brokenSessions } from "./broken-sessions.ts";
import { brokenSignIns } from "./broken-sign-ins.ts";
import { collected } from "./collected.ts";
import { callDefects } from "./reference/call-defects.ts";
import { defects } from "./reference/defects.ts";
import { stated } from "./reference/flow.ts";
import { mutations } from "./reference/mutations.ts";
import { places } from "./reference/server.ts";

flowContract(test, acme(), acmeServer, acmeStated);

const quiet = { ...acmeStated, print: () => {} };
const rows = [...brokenSignIns, ...brokenSessions];

describe.concurrent("a flow with one defect", { timeout: 60_000 }, () => {
  for (const { how, makeSession, fails, options } of rows) {
    test(`${how}: fails exactly the clauses on it`, async ({ expect }) => {
      const { failed } = await collected((clause) =>
        flowContract(clause, makeSession, acmeServer, { ...quiet, timeout: 12_000, ...options }),
      );
      expect(Object.fromEntries(failed)).toEqual(Object.fromEntries(fails.map((name) => [name, expect.any(String)])));
    });
  }
});

test("each clause fails for at least one defect, and has a unique name", () => {
  const all: string[] = [];
  for (const options of [quiet, { ...quiet, signsOut: false }, ...places.map(stated)]) {
    const names: string[] = [];
    flowContract((name) => names.push(name), acme(), acmeServer, options);
    expect(new Set(names).size).toBe(names.length);
    all.push(...names);
  }
  const failing = rows.flatMap(({ fails }) => fails);
  const noticing = [...mutations, ...defects, ...callDefects].flatMap(({ noticedBy }) => noticedBy);
  const proven = new Set([...failing, ...noticing]);
  expect(all.filter((name) => !proven.has(name))).toEqual([]);
});

test("with one server for all clauses, the clauses wait for each other, even if the runner starts them concurrently", async () => {
  const { failed } = await collected((clause) =>
    flowContract(clause, acme(), acmeServer(), { ...quiet, timeout: 20_000 }),
  );
  expect(failed).toEqual(new Map());
}, 60_000);
