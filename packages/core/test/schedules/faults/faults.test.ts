import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { fileOf, mutate } from "../../mutations/mutation.ts";
import { worlds } from "../worlds/list.ts";
import { faults } from "./faults.ts";
import { findFault } from "./find-fault.ts";

test("each fault can be put back, and names a world", () => {
  for (const fault of faults) {
    const text = readFileSync(fileOf(fault), "utf8");
    expect(mutate(fault, text)).not.toBe(text);
    expect(worlds.map(({ name }) => name)).toContain(fault.world);
  }
});

for (const fault of faults) {
  test(`a schedule shows the fault "${fault.removed}"`, async () => {
    const { replay, broken } = await findFault(fault);
    expect(replay).toMatch(new RegExp(`^${fault.world}: `));
    expect(broken.join("\n")).toMatch(/^(G\d+|liveness): /);
  });
}
