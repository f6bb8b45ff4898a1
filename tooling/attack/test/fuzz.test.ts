import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { captureConsole } from "../src/capture-console.ts";
import { plans } from "../src/fuzz/plan.ts";
import { fuzzOnce } from "../src/fuzz/run.ts";
import { variantsOf } from "../src/fuzz/variants.ts";
import { furtherSignIns, plainSignIns } from "../src/sign-ins/sign-ins.ts";

// `npm run fuzz` makes many runs. VMS_FUZZ_RUNS sets their number, and VMS_FUZZ_SEED repeats one.
const byHand = process.env.VMS_FUZZ_RUNS !== undefined;
const seed = Number(process.env.VMS_FUZZ_SEED || (byHand ? Date.now() % 2 ** 31 : 1));

const unhandled: unknown[] = [];
const onUnhandled = (reason: unknown) => void unhandled.push(reason);
process.on("unhandledRejection", onUnhandled);
afterAll(() => {
  process.off("unhandledRejection", onUnhandled);
});

for (const signIn of [...plainSignIns, ...furtherSignIns]) {
  const runs = Number(process.env.VMS_FUZZ_RUNS || (plainSignIns.includes(signIn) ? 300 : 200));

  test(`${signIn.name}: ${runs} corrupted responses end in documented errors or successes, and the session works again`, {
    timeout: 60_000 + runs * 100,
  }, async () => {
    const variants = variantsOf(signIn);
    const outcomes = new Map<string, number>();
    const printed = captureConsole();
    try {
      const property = fc.asyncProperty(plans(signIn), async (plan) => {
        const variant = variants[plan.variant % variants.length] ?? expect.fail("a vendor without a variant");
        const outcome = `${plan.target.name}: ${await fuzzOnce(signIn, variant, plan)}`;
        outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      });
      await fc.assert(property, { numRuns: runs, seed });
    } finally {
      printed.restore();
      console.log(`${signIn.name}: ${runs} runs, VMS_FUZZ_SEED=${seed}`, Object.fromEntries([...outcomes].sort()));
    }
    expect(printed.lines).toEqual([]);
    expect(unhandled).toEqual([]);
  });
}
