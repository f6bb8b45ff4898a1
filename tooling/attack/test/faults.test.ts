import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { type Vendor, vendors } from "@vms-tooling/demo/vendors";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Cell, runVendorFaults } from "../src/faults/cell.ts";
import { type Elsewhere, serveElsewhere } from "../src/faults/elsewhere.ts";
import { serveSelfSigned } from "../src/faults/self-signed.ts";
import { faultsDocument } from "../src/faults/table.ts";
import { catchPrinted } from "../src/printed.ts";
import { leakIn } from "../src/shown.ts";

const file = new URL("../../../docs/faults.md", import.meta.url);

let results: ReadonlyMap<Vendor, readonly Cell[]>;
let elsewhere: Elsewhere;
let printed: readonly string[];
const unhandled: unknown[] = [];
const onUnhandled = (reason: unknown) => void unhandled.push(reason);

beforeAll(async () => {
  process.on("unhandledRejection", onUnhandled);
  const console = catchPrinted();
  printed = console.lines;
  const selfSigned = await serveSelfSigned();
  elsewhere = await serveElsewhere();
  const places = { selfSigned: selfSigned.origin, away: `${elsewhere.origin}/away` };
  try {
    results = new Map(
      await Promise.all(vendors.map(async (vendor) => [vendor, await runVendorFaults(vendor, places)] as const)),
    );
  } finally {
    console.restore();
    selfSigned.close();
    elsewhere.close();
  }
}, 120_000);

afterAll(() => {
  process.off("unhandledRejection", onUnhandled);
});

/** Where a promise was broken: the cells with what their property says. */
function broken(vendor: Vendor, property: keyof Cell): string[] {
  const cells = results.get(vendor) ?? [];
  expect(cells.length).toBeGreaterThan(50);
  return cells
    .filter((cell) => String(cell[property]) !== "")
    .map((cell) => `${cell.fault} × ${cell.step}: ${String(cell[property])}`);
}

for (const vendor of vendors) {
  test(`${vendor.name}: every fault comes out as a documented error or as a response`, () => {
    expect(broken(vendor, "undocumented")).toEqual([]);
  });

  test(`L11: ${vendor.name}: no fault leads to more logins than \`retry.attempts\``, () => {
    expect(broken(vendor, "tooManyLogins")).toEqual([]);
  });

  test(`L11: ${vendor.name}: no fault makes a single-use token go out twice`, () => {
    expect(broken(vendor, "tokensSentTwice")).toEqual([]);
  });

  test(`${vendor.name}: after every fault the same session works again`, () => {
    expect(broken(vendor, "notAgain")).toEqual([]);
  });

  test(`L13: ${vendor.name}: no fault makes an error, an event or the session show a secret`, () => {
    expect(broken(vendor, "leak")).toEqual([]);
  });
}

test("L12: what followed a redirect away carried no secret", () => {
  const secrets = new Set([...results.values()].flat().flatMap((cell) => [...cell.secrets]));
  expect(elsewhere.received).toHaveLength(vendors.length);
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
  const document = faultsDocument(results);
  if (process.env.VMS_UPDATE) writeFileSync(file, document);
  expect(existsSync(file) ? readFileSync(file, "utf8") : "", "run `npm run faults` in tooling/attack").toBe(document);
});
