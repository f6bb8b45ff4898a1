import { expect, it } from "vitest";
import { contenders } from "../src/contenders.ts";
import { situations, stampede } from "../src/herd.ts";
import { startVendor } from "../src/vendor.ts";

it.each(contenders.filter(({ kind }) => kind === "ours"))("$name makes one login for a herd", async (contender) => {
  await using vendor = await startVendor();
  for (const manner of Object.values(situations)) {
    expect(await stampede(vendor, contender, manner, 100)).toEqual({ logins: 1, succeeded: 100 });
  }
});
