import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Cell, runFaults } from "../src/faults/cell.ts";
import { runConducts } from "../src/faults/conduct.ts";
import { type Elsewhere, serveElsewhere } from "../src/faults/elsewhere.ts";
import { type Fault, faults } from "../src/faults/rows.ts";
import { serveSelfSigned } from "../src/faults/self-signed.ts";
import { faultsDocument } from "../src/faults/table.ts";
import { takeTime } from "../src/faults/time.ts";
import { catchPrinted } from "../src/printed.ts";
import { leakIn, shown } from "../src/shown.ts";
import { furtherWays, plainWays, type Way } from "../src/ways/ways.ts";

const file = new URL("../../../docs/faults.md", import.meta.url);
const ways = [...plainWays, ...furtherWays];

const results = new Map<Way, readonly Cell[]>();
const humans = new Map<Way, readonly Cell[]>();
let elsewhere: Elsewhere;
let printed: readonly string[];
const unhandled: unknown[] = [];
const onUnhandled = (reason: unknown) => void unhandled.push(reason);

beforeAll(async () => {
  process.on("unhandledRejection", onUnhandled);
  const console = catchPrinted();
  printed = console.lines;
  const time = takeTime();
  const selfSigned = await serveSelfSigned();
  elsewhere = await serveElsewhere();
  const places = { selfSigned: selfSigned.origin, away: `${elsewhere.origin}/away`, time };
  // In the order in which they are shown.
  for (const way of ways) results.set(way, []);
  for (const way of ways) if (way.asks !== undefined) humans.set(way, []);
  try {
    const run = async (way: Way, rows: readonly Fault[]) => {
      const cells = await runFaults(way, rows, places);
      results.set(way, [...(results.get(way) ?? []), ...cells]);
    };
    await Promise.all(
      ways.map((way) =>
        run(
          way,
          faults.filter(({ stalls }) => stalls === undefined),
        ),
      ),
    );
    // One after the other, because the time that passes is everybody's.
    for (const way of ways)
      await run(
        way,
        faults.filter(({ stalls }) => stalls !== undefined),
      );
    for (const way of humans.keys()) humans.set(way, await runConducts(way, places));
  } finally {
    console.restore();
    time.restore();
    selfSigned.close();
    elsewhere.close();
  }
}, 240_000);

afterAll(() => {
  process.off("unhandledRejection", onUnhandled);
});

/** The cells of which something can be said that should be empty. */
function broken(way: Way, said: (cell: Cell) => unknown): string[] {
  const cells = results.get(way) ?? [];
  expect(cells.length).toBeGreaterThan(30);
  return [...cells, ...(humans.get(way) ?? [])].flatMap((cell) => {
    const problem = String(said(cell));
    return problem === "" ? [] : [`${cell.row} × ${cell.column}: ${problem}`];
  });
}

for (const way of ways) {
  test(`${way.name}: every fault comes out as a documented error or as a response`, () => {
    expect(broken(way, (cell) => cell.undocumented)).toEqual([]);
  });

  test(`L11: ${way.name}: no fault leads to more logins than \`retry.attempts\``, () => {
    expect(broken(way, (cell) => cell.tooManyLogins)).toEqual([]);
  });

  test(`L11: ${way.name}: nothing that may be used once goes out twice`, () => {
    expect(broken(way, (cell) => cell.sentTwice)).toEqual([]);
  });

  test(`${way.name}: after every fault the same session works again`, () => {
    expect(broken(way, (cell) => cell.notAgain)).toEqual([]);
  });

  test(`L13: ${way.name}: no fault makes an error, an event, a question or the session show a secret`, () => {
    expect(broken(way, ({ values, secrets }) => leakIn(values.map(shown).join("\n"), secrets))).toEqual([]);
  });

  if (way.asks !== undefined) {
    test(`L10: ${way.name}: no login asks, or is wrong, more often than the vendor's lock allows`, () => {
      expect(broken(way, (cell) => cell.tooManyQuestions)).toEqual([]);
    });
  }
}

test("L12: what followed a redirect away carried no secret", () => {
  const secrets = new Set([...results.values()].flat().flatMap((cell) => [...cell.secrets]));
  const follow = ways.flatMap(({ steps, method }) =>
    steps.filter(({ kind }) => kind === "call" || (kind === "method" && method?.byFetch)),
  );
  expect(elsewhere.received).toHaveLength(follow.length);
  expect(leakIn(elsewhere.received.join("\n"), secrets)).toBe("");
  expect(elsewhere.received.join("\n")).not.toMatch(/^(authorization|authentication|cookie)$/im);
});

test("L13: no fault makes anything print", () => {
  expect(printed).toEqual([]);
});

test("no fault leaves a rejection unhandled", () => {
  expect(unhandled).toEqual([]);
});

test("docs/faults.md is what comes out", () => {
  const document = faultsDocument(results, humans);
  if (process.env.VMS_UPDATE) writeFileSync(file, document);
  expect(existsSync(file) ? readFileSync(file, "utf8") : "", "run `npm run faults` in tooling/attack").toBe(document);
});
