import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "@vms-tooling/pack/packages";
import { expect, inject, test } from "vitest";
import { render, said } from "../src/render.ts";
import { runtimes } from "../src/runtimes.ts";

const page = readFileSync(join(root, "docs/runtimes.md"), "utf8");

/** All that a runtime may be unable to do. Whatever else fails is a fault, also where the page is written anew. */
const CANNOT: Readonly<Record<string, readonly string[]>> = {
  Bun: ["`nodeFetch`, with a proxy"],
  Deno: ["`nodeFetch`, with a proxy"],
  Chromium: [
    "`@vms/alta`, over the network",
    "a page of another origin",
    "a call that is redirected",
    "`@vms/eagleeye`, over the network",
    "`User-Agent`",
  ],
};

/** What a runtime cannot do, and what is no error all the same: the option `userAgent` is for where one can be set. */
const UNSAID = ["`User-Agent`"];

test.for(runtimes)(
  "$name signs in, calls, renews and signs out as docs/runtimes.md says, with the packed packages",
  async ({ name, see }) => {
    const seen = await see(inject("project"));
    console.log(`${name} ${seen.version}`);
    const failed = Object.entries(seen.results).filter(([, result]) => result !== "works");
    expect(failed.filter(([asked]) => !CANNOT[name]?.includes(asked))).toEqual([]);
    // What a runtime cannot do is an error of ours, which says so.
    expect(failed.filter(([asked, result]) => !UNSAID.includes(asked) && !/^[a-z_]+: \[@vms\//.test(result))).toEqual(
      [],
    );
    expect(said(page, name)).toEqual(said(render({ [name]: seen }), name));
  },
);
