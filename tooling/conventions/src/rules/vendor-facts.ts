import { isNode, type Node, walk } from "../module.ts";
import type { Rule } from "../rule.ts";
import type { Package } from "../workspace.ts";

/** The one file that imports the vendors. */
const REGISTRY = "src/profiles/vendors.ts";
/** The properties of a description whose texts are facts of the vendor. */
const FACTS = ["title", "default", "firstCall", "listedAt", "sessionCookies"];

export const vendorFacts: readonly Rule[] = [
  {
    name: "the command line takes a vendor's name, host, paths and cookies from its description, except in examples of its help",
    *violations({ packages, vendors }) {
      const cli = packages.find(({ folder }) => folder === "cli");
      const all = vendors.flatMap((vendor) => factsOf(vendor).map((fact) => ({ fact, of: vendor.folder })));
      for (const path of cli?.sources() ?? []) {
        if (cli === undefined || path === REGISTRY) continue;
        const texts = [...walk(cli.module(path).body)].flatMap(textsIn);
        for (const { fact, of } of all) {
          if (texts.some((text) => names(text, fact))) {
            yield { file: cli.at(path), what: `has "${fact}" of ${of}: read it from \`vendors\`.` };
          }
        }
      }
    },
  },
];

function factsOf(vendor: Package): string[] {
  const facts = [...walk(vendor.module("src/describe.ts").body)]
    .filter(({ type, key }) => type === "Property" && isNode(key) && FACTS.includes(String(key.name)))
    .flatMap(({ value }) => [...walk(value)].flatMap(textsIn));
  return [vendor.folder, ...facts.map((fact) => URL.parse(fact)?.host ?? fact)];
}

/** The texts in a literal or a template. Indented lines are examples of a help. */
function textsIn({ type, value }: Node): string[] {
  const text = type === "TemplateElement" ? (value as { readonly cooked?: unknown }).cooked : value;
  if ((type !== "Literal" && type !== "TemplateElement") || typeof text !== "string") return [];
  return text.split("\n").filter((line) => !line.startsWith("  "));
}

/** A single word such as `locations` is also a usual one, so it counts only if it is the whole text. */
function names(text: string, fact: string): boolean {
  return /^[\w-]+$/.test(fact) ? text === fact : text.includes(fact);
}
