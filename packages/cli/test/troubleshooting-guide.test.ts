import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "../../..");
/** Codes of Node, which no source of ours contains. */
const OF_NODE = ["SELF_SIGNED_CERT_IN_CHAIN", "UNABLE_TO_VERIFY_LEAF_SIGNATURE"];

test("troubleshooting.md quotes only words that are in the sources of vms, the proxy and the sessions", () => {
  const read = (path: string) => readFileSync(join(ROOT, path), "utf8");
  const symptoms = [...read("docs/guides/troubleshooting.md").matchAll(/^\| (?!you see|---)(.*?) \|/gm)];
  const quotes = symptoms.flatMap(([row]) => [...row.matchAll(/`([^`]+)`/g)].map(([, text = ""]) => text));
  expect(quotes.length).toBeGreaterThan(25);
  const sources = globSync("packages/{cli,core,proxy}/src/**/*.ts", { cwd: ROOT }).map(read).join("");
  const parts = quotes.flatMap((text) => text.split("…")).map((part) => part.trim());
  expect(parts.filter((part) => !sources.includes(part) && !OF_NODE.includes(part))).toEqual([]);
});
