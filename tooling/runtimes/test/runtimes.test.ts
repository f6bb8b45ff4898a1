import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "@vms-tooling/pack/packages";
import { allVendors } from "@vms-tooling/vendors";
import { expect, inject, test } from "vitest";
import { overNetwork } from "../src/over-network.ts";
import { render, said } from "../src/render.ts";
import { runtimes } from "../src/runtimes.ts";

const page = readFileSync(join(root, "docs/runtimes.md"), "utf8");

/** The known failures of each runtime. Any other failure is a defect, even after regenerating the page. */
const CANNOT: Readonly<Record<string, readonly string[]>> = {
  Bun: ["`nodeFetch`, with a proxy"],
  Deno: ["`nodeFetch`, with a proxy"],
  Chromium: [
    // Scripts cannot read cookies.
    ...allVendors.filter(({ sessionCookies }) => sessionCookies).map(({ vendor }) => overNetwork(vendor)),
    "a page of another origin",
    "a call that is redirected",
    "`User-Agent`",
  ],
};

/** Limits that are not errors: `userAgent` works only if the runtime can set the header. */
const UNSAID = ["`User-Agent`"];

test.for(runtimes)(
  "$name signs in, calls, renews and signs out as docs/runtimes.md says, with the packed packages",
  async ({ name, see }) => {
    const seen = await see(inject("project"));
    console.log(`${name} ${seen.version}`);
    const failed = Object.entries(seen.results).filter(([, result]) => result !== "works");
    expect(failed.filter(([asked]) => !CANNOT[name]?.includes(asked))).toEqual([]);
    // Every limit of a runtime is an error of @vms.
    expect(failed.filter(([asked, result]) => !UNSAID.includes(asked) && !/^[a-z_]+: \[@vms\//.test(result))).toEqual(
      [],
    );
    expect(said(page, name)).toEqual(said(render({ [name]: seen }), name));
  },
);
