import { expect, it } from "vitest";
import { callAtOnce, situations } from "../src/concurrent-calls.ts";
import { contenders } from "../src/contenders.ts";
import { startVendor } from "../src/vendor.ts";

it.each(contenders.filter(({ kind }) => kind === "ours"))(
  "$name makes one login for many concurrent calls",
  async (contender) => {
    await using vendor = await startVendor();
    for (const behavior of Object.values(situations)) {
      expect(await callAtOnce(vendor, contender, behavior, 100)).toEqual({ logins: 1, succeeded: 100 });
    }
  },
);
