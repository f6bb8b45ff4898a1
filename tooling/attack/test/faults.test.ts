import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { captureConsole } from "../src/capture-console.ts";
import { type Cell, runFaults } from "../src/faults/cell.ts";
import { ENTERED, faultsDocument } from "../src/faults/document.ts";
import { fakeTimeout } from "../src/faults/fake-timeout.ts";
import { type Fault, faults } from "../src/faults/faults.ts";
import { type ForeignServer, serveForeign } from "../src/faults/foreign-server.ts";
import { runBehaviors } from "../src/faults/human-behavior.ts";
import { type Results, resultsOf } from "../src/faults/results.ts";
import { serveSelfSigned } from "../src/faults/self-signed.ts";
import { findLeak, printedForms } from "../src/leaks.ts";
import { furtherSignIns, plainSignIns, type SignIn } from "../src/sign-ins/sign-ins.ts";

const page = new URL("../../../docs/faults.md", import.meta.url);
const data = new URL("faults.json", import.meta.url);
// VMS_ATTACK_VENDOR=acme-cam runs one vendor, and keeps the recorded results of the others.
const only = process.env.VMS_ATTACK_VENDOR;
const signIns = only
  ? plainSignIns.filter(({ vendor }) => vendor?.vendor === only)
  : [...plainSignIns, ...furtherSignIns];

const results = new Map<SignIn, readonly Cell[]>();
const humans = new Map<SignIn, readonly Cell[]>();
let elsewhere: ForeignServer;
let printed: readonly string[];
const unhandled: unknown[] = [];
const onUnhandled = (reason: unknown) => void unhandled.push(reason);

beforeAll(async () => {
  process.on("unhandledRejection", onUnhandled);
  const console = captureConsole();
  printed = console.lines;
  const time = fakeTimeout();
  const selfSigned = await serveSelfSigned();
  elsewhere = await serveForeign();
  const places = { selfSigned: selfSigned.origin, away: `${elsewhere.origin}/away`, time };
  // The order of the page, and of the recorded results.
  for (const signIn of signIns) results.set(signIn, []);
  for (const signIn of signIns) if (signIn.asks !== undefined) humans.set(signIn, []);
  try {
    const run = async (signIn: SignIn, rows: readonly Fault[]) => {
      const cells = await runFaults(signIn, rows, places);
      results.set(signIn, [...(results.get(signIn) ?? []), ...cells]);
    };
    await Promise.all(
      signIns.map((signIn) =>
        run(
          signIn,
          faults.filter(({ stalls }) => stalls === undefined),
        ),
      ),
    );
    // One after the other: all sessions share the fake timeout.
    for (const signIn of signIns)
      await run(
        signIn,
        faults.filter(({ stalls }) => stalls !== undefined),
      );
    for (const signIn of humans.keys()) humans.set(signIn, await runBehaviors(signIn, places));
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

/** The results with a violation. */
function broken(signIn: SignIn, said: (cell: Cell) => unknown): string[] {
  const cells = results.get(signIn) ?? [];
  expect(cells.length).toBeGreaterThan(30);
  return [...cells, ...(humans.get(signIn) ?? [])].flatMap((cell) => {
    const problem = String(said(cell));
    return problem === "" ? [] : [`${cell.row} × ${cell.column}: ${problem}`];
  });
}

for (const signIn of signIns) {
  test(`${signIn.name}: every fault ends in a documented error or a response`, () => {
    expect(broken(signIn, (cell) => cell.undocumented)).toEqual([]);
  });

  test(`G11: ${signIn.name}: no fault causes more logins than \`retry.attempts\``, () => {
    expect(broken(signIn, (cell) => cell.tooManyLogins)).toEqual([]);
  });

  test(`G11: ${signIn.name}: no single-use value is sent twice`, () => {
    expect(broken(signIn, (cell) => cell.sentTwice)).toEqual([]);
  });

  test(`${signIn.name}: the same session works again after every fault`, () => {
    expect(broken(signIn, (cell) => cell.notAgain)).toEqual([]);
  });

  test(`G13: ${signIn.name}: no error, event, prompt or session shows a secret after a fault`, () => {
    expect(broken(signIn, ({ values, secrets }) => findLeak(values.map(printedForms).join("\n"), secrets))).toEqual([]);
  });

  if (signIn.asks !== undefined) {
    test(`G10: ${signIn.name}: no login asks or fails often enough to lock the account`, () => {
      expect(broken(signIn, (cell) => cell.tooManyQuestions)).toEqual([]);
    });
  }
}

test("G12: requests redirected to another origin carry no secret", () => {
  const secrets = new Set([...results.values()].flat().flatMap((cell) => [...cell.secrets]));
  const follow = signIns.flatMap(({ steps, method }) =>
    steps.filter(({ kind }) => kind === "call" || (kind === "method" && method?.byFetch)),
  );
  expect(elsewhere.received).toHaveLength(follow.length);
  expect(findLeak(elsewhere.received.join("\n"), secrets)).toBe("");
  expect(elsewhere.received.join("\n")).not.toMatch(/^(authorization|authentication|cookie)$/im);
});

test("G13: no fault prints anything", () => {
  expect(printed).toEqual([]);
});

test("no fault causes an unhandled rejection", () => {
  expect(unhandled).toEqual([]);
});

describe("the recorded results", () => {
  const recorded: Results = existsSync(data) ? JSON.parse(readFileSync(data, "utf8")) : {};
  const hint = "run `npm run attack:faults`";

  const current = (): Results => {
    const found = [...results].map(([signIn, cells]) => {
      const entered = resultsOf(humans.get(signIn) ?? [], () => ENTERED);
      return [signIn.name, { ...resultsOf(cells, ({ column }) => column), ...entered }] as const;
    });
    return { ...(only ? recorded : {}), ...Object.fromEntries(found) };
  };

  test("test/faults.json is up to date", () => {
    if (process.env.VMS_UPDATE) writeFileSync(data, `${JSON.stringify(current(), null, 2)}\n`);
    expect(JSON.parse(readFileSync(data, "utf8")), hint).toEqual(current());
  });

  test("docs/faults.md is up to date", () => {
    if (process.env.VMS_UPDATE) writeFileSync(page, faultsDocument(current()));
    expect(readFileSync(page, "utf8"), hint).toBe(faultsDocument(current()));
  });
});
