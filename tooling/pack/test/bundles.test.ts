import { describe, expect, inject, test } from "vitest";
import { bundle, bundleVendor } from "../src/bundle.ts";
import { vendors } from "../src/limits.ts";
import { entriesOf, published } from "../src/packages.ts";

const project = inject("project");
const entries = published.flatMap((one) => entriesOf(one).map((entry) => ({ entry, peers: peersOf(one) })));
const isForNode = (entry: string) => entry.endsWith("/node") || entry.startsWith("@vms/proxy");
const universal = entries.filter(({ entry }) => !isForNode(entry));

test("some entries are for Node only, and others for every runtime", () => {
  expect(entries.filter(({ entry }) => isForNode(entry)).map(({ entry }) => entry)).toEqual([
    "@vms/core/node",
    "@vms/core/internal/node",
    "@vms/proxy",
    "@vms/proxy/internal",
    "@vms/simulator/node",
  ]);
  expect(universal.length).toBeGreaterThan(8);
});

test.for(universal)("$entry imports nothing of Node, so that any runtime can load it", async ({ entry, peers }) => {
  const { inputs } = await bundle(project, `import * as all from "${entry}"; console.log(all);`, peers);
  const external = Object.values(inputs).flatMap(({ imports }) => imports.filter((one) => one.external === true));
  expect(external.map(({ path }) => path).filter((path) => !peers.includes(path))).toEqual([]);
});

describe.for(Object.entries(vendors))("a bundle with %s", ([name, factory]) => {
  test("contains only the used parts of valibot, and no other schema library", async () => {
    const { code } = await bundleVendor(project, name, factory);
    // Schemas that no vendor uses.
    expect(found(code, /"(?:strict_object|variant|intersect|lazy|promise)"/g)).toEqual([]);
    expect(found(code, /(?<![\w$])\$?Zod[A-Z]\w+|_zod|toJSONSchema/g)).toEqual([]);
  });

  test("contains no unused stores, files or servers", async () => {
    const { code } = await bundleVendor(project, name, factory);
    // The name of the channels is there, but nothing imports them.
    expect(
      found(code, /node:(?!diagnostics_channel)|createHmac|AES-GCM|otpauth|undici|# Netscape HTTP Cookie File/g),
    ).toEqual([]);
  });
});

function peersOf({ manifest }: (typeof published)[number]): string[] {
  return Object.keys(manifest.peerDependencies ?? {});
}

/** The matches in a bundle, because the full bundle would fill the report. */
function found(code: string, pattern: RegExp): string[] {
  return [...new Set(code.match(pattern))];
}
