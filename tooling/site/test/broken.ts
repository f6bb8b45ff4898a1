import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";

/** A repository with a mistake of each kind, gone after the test. */
export async function brokenRepository(): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), "vms-broken-"));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  for (const [path, content] of Object.entries(FILES)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
  }
  return root;
}

const FILES: Readonly<Record<string, string>> = {
  "docs/README.md": "# Front\n\nWords.\n\n```ts\n```\n\n![picture](pictures/one.svg)\n\n## More\n",
  "docs/pictures/one.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>',
  "docs/guides/README.md": "# Home\n\n[the package](../../packages/acme/README.md)\n",
  "docs/guides/one.md": "# One\n\n[no page](gone.md), [no anchor](two.md#gone), [good](two.md#there)\n",
  "docs/guides/two.md": "# Two\n\n## There\n\n[the program](../../packages/program/README.md)\n",
  "packages/acme/package.json": JSON.stringify({
    name: "@vms/acme",
    version: "1.0.0",
    exports: { ".": { types: "index.d.ts" } },
  }),
  "packages/acme/README.md": "# @vms/acme\n\n[no page](../gone.md)\n",
  "packages/acme/index.d.ts": `
    interface Hidden { readonly a: string }
    declare function bare(): void;
    /** Mentions a type that cannot be imported. */
    declare function open(hidden: Hidden): void;
    /** See {@link Nowhere}. */
    declare const words: string;
    export { bare, open, words };
  `,
  "packages/unbuilt/package.json": JSON.stringify({ name: "@vms/unbuilt", exports: { ".": { types: "dist.d.ts" } } }),
  "packages/program/package.json": JSON.stringify({ name: "@vms/program", bin: { program: "bin.js" } }),
  "packages/program/README.md": "# @vms/program\n\nA program.\n",
};
