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
    name: "a text is never given to `Date`, which reads it by the machine's time zone and corrects wrong days",
    violations: (workspace) => eachModule(workspace, datesIn),
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

function* datesIn({ body, text }: Module): Iterable<string> {
  for (const { type, callee, arguments: given } of walk(body)) {
    if (!isNode(callee) || !Array.isArray(given)) continue;
    const isParse = callee.type === "MemberExpression" && isDate(callee.object) && nameOf(callee.property) === "parse";
    if (isParse) yield "has `Date.parse`: use `parseTimestamp`, `parseHttpDate` or `parseCookieDate` of the core.";
    const isNew = type === "NewExpression" && isDate(callee) && given.length === 1;
    if (isNew && !isNumber(given[0], text)) yield "has a `new Date` of a value that is not written as a number here.";
  }
}

function isDate(node: unknown): boolean {
  return isNode(node) && (nameOf(node) === "Date" || (node.type === "MemberExpression" && isDate(node.property)));
}

function nameOf(node: unknown): string {
  return isNode(node) ? String(node.name ?? node.value ?? "") : "";
}

/** Whether a value is a number as far as one file shows: a literal, a calculation, `now()`, or a name with this type. */
function isNumber(node: unknown, text: string): boolean {
  if (!isNode(node)) return false;
  if (node.type === "Literal") return typeof node.value === "number";
  if (node.type === "Identifier") return new RegExp(`\\b${nameOf(node)}\\??: number\\b`).test(text);
  if (node.type === "CallExpression" && isNode(node.callee))
    return nameOf(node.callee.property ?? node.callee) === "now";
  if (node.type !== "BinaryExpression") return false;
  return /^[-*/%]$/.test(String(node.operator)) || (isNumber(node.left, text) && isNumber(node.right, text));
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
