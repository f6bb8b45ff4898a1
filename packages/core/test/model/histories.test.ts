import { createHash } from "node:crypto";
import { setImmediate as turn } from "node:timers/promises";
import fc from "fast-check";
import { afterAll, afterEach, beforeEach, expect, test, vi } from "vitest";
import { steps } from "./actions.ts";
import { SYSTEMS, type System } from "./systems.ts";
import { comeToRest, createWorld, type World } from "./world.ts";

// By default, the same few hundred histories each time. To run more, or to repeat a run by its seed:
// `VMS_MODEL_RUNS=20000 VMS_MODEL_SEED=7 npx vitest run test/model`.
const wanted = process.env.VMS_MODEL_RUNS;
const runs = Number(wanted ?? 400);
const seed = Number(process.env.VMS_MODEL_SEED ?? (wanted === undefined ? 1 : Date.now() % 2 ** 31));
process.stdout.write(`model: ${runs} histories, VMS_MODEL_SEED=${seed}\n`);

let unhandled: unknown[] = [];
const note = (error: unknown) => void unhandled.push(error);
process.on("unhandledRejection", note);
afterAll(() => void process.off("unhandledRejection", note));

// Other threads compute the digests of keys and refusals, which takes real time.
beforeEach(() => {
  vi.spyOn(crypto.subtle, "importKey").mockImplementation((async (_: string, data: ArrayBuffer) => data) as never);
  vi.spyOn(crypto.subtle, "deriveBits").mockImplementation((async (
    { salt }: { salt: Uint8Array },
    text: Uint8Array,
  ) => {
    return new Uint8Array(createHash("sha256").update(salt).update(text).digest()).buffer;
  }) as never);
  vi.spyOn(crypto.subtle, "digest").mockImplementation(async (_, data) => {
    const { buffer } = new Uint8Array(
      createHash("sha256")
        .update(new Uint8Array(data as ArrayBuffer))
        .digest(),
    );
    return buffer;
  });
});
afterEach(() => vi.restoreAllMocks());

async function history(
  system: System,
  scheduler: fc.Scheduler,
  commands: Iterable<fc.AsyncCommand<object, World, true>>,
) {
  unhandled = [];
  const world = createWorld(system, scheduler);
  await fc.scheduledModelRun(scheduler, () => ({ model: {}, real: world }), commands);
  await comeToRest(world, scheduler);
  await turn();
  const broken = [...world.witness.broken, ...unhandled];
  expect(broken, broken.map(String).join("\n")).toEqual([]);
}

for (const system of SYSTEMS) {
  test(`G1 to G14 hold in every history of ${system.name}`, { timeout: 3_600_000 }, async () => {
    const scheduler = fc.scheduler({
      async act(run) {
        await run();
        await turn();
      },
    });
    const commands = fc.commands(steps, { maxCommands: 24, size: "max" });
    await fc.assert(
      fc.asyncProperty(scheduler, commands, (order, list) => history(system, order, list)),
      { numRuns: Math.ceil(runs / SYSTEMS.length), seed },
    );
  });
}
