import { declarationIn, isNode, type Module, type Node, walk } from "../module.ts";
import type { Rule, Violation } from "../rule.ts";
import type { Workspace } from "../workspace.ts";

/** How the sources of all packages are written. */
export const sources: readonly Rule[] = [
  {
    name: "types of own files are imported with `import type`, never with `import()`, because biome sees no cycle through the latter",
    violations: (workspace) =>
      eachModule(workspace, ({ body }) =>
        [...walk(body)]
          .filter(({ type, source }) => type === "TSImportType" && isNode(source) && /^\./.test(String(source.value)))
          .map(() => "has a type by `import()`."),
      ),
  },
  {
    name: "nothing is exported by `export type *`, which biome's noReExportAll allows",
    violations: (workspace) =>
      eachModule(workspace, ({ body }) =>
        body
          .filter(({ type, exportKind }) => type === "ExportAllDeclaration" && exportKind === "type")
          .map(() => "has an `export type *`."),
      ),
  },
  {
    name: "there is no state in a module: no `let`, and no collection that is empty at first",
    violations: (workspace) => eachModule(workspace, statesIn),
  },
  {
    name: "the core, stores and vendors recognise what a user passes by its parts, not by a class: it can be of another realm",
    *violations({ packages }) {
      const libraries = packages.filter(({ folder, isVendor }) => isVendor || folder === "core" || folder === "redis");
      for (const one of libraries) {
        for (const path of one.sources()) {
          for (const { type, operator, right } of walk(one.module(path).body)) {
            const name = isNode(right) ? String(right.name) : "";
            if (type === "BinaryExpression" && operator === "instanceof" && PLATFORM.test(name)) {
              yield {
                file: one.at(path),
                what: `asks for \`instanceof ${name}\`. Use \`tagOf\`, or look at the parts.`,
              };
            }
          }
        }
      }
    },
  },
];

const PLATFORM =
  /^(Abort(Controller|Signal)|Array(Buffer)?|Blob|Buffer|Date|DOMException|\w*Error|File|FormData|Headers|Map|Promise|RegExp|Request|Response|Set|\w*Stream|Uint8Array|URL(SearchParams)?)$/;

function* eachModule({ packages }: Workspace, wrongs: (module: Module) => Iterable<string>): Iterable<Violation> {
  for (const one of packages) {
    for (const path of one.sources()) {
      for (const what of wrongs(one.module(path))) yield { file: one.at(path), what };
    }
  }
}

function* statesIn({ body }: Module): Iterable<string> {
  for (const declaration of body.map(declarationIn)) {
    if (declaration?.type !== "VariableDeclaration" || !Array.isArray(declaration.declarations)) continue;
    for (const { id, init } of declaration.declarations.filter(isNode)) {
      const name = isNode(id) ? `\`${id.name}\`` : "a variable";
      if (declaration.kind !== "const") yield `has ${name}, which can change, outside of every function.`;
      else if (isNode(init) && isEmpty(init)) yield `has ${name}, which is empty at first, outside of every function.`;
    }
  }
}

// An empty constant is there to be filled. A WeakMap is allowed: its entries belong to their keys.
function isEmpty({ type, callee, arguments: given, elements, properties }: Node): boolean {
  const none = (list: unknown) => Array.isArray(list) && list.length === 0;
  if (type === "NewExpression") return isNode(callee) && /^(Map|Set)$/.test(String(callee.name)) && none(given);
  return (type === "ArrayExpression" && none(elements)) || (type === "ObjectExpression" && none(properties));
}
