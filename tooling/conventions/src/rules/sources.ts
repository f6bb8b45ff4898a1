import type { House } from "../house.ts";
import { declarationIn, isNode, type Module, type Node, walk } from "../module.ts";
import type { Breach, Rule } from "../rule.ts";

const MOST_LINES = 300;

/** How the sources of all packages are written. */
export const sources: readonly Rule[] = [
  {
    name: "nothing is exported by `export *`",
    breaches: (house) =>
      eachModule(house, ({ body }) =>
        body.filter(({ type }) => type === "ExportAllDeclaration").map(() => "has an `export *`."),
      ),
  },
  {
    name: "there is no default export",
    breaches: (house) =>
      eachModule(house, ({ exports }) =>
        exports.filter(({ name }) => name === "default").map(() => "has a default export."),
      ),
  },
  {
    name: `no file in src has more than ${MOST_LINES} lines`,
    *breaches({ packages }) {
      for (const one of packages) {
        for (const path of one.sources()) {
          const lines = (one.files.get(path) ?? "").trimEnd().split("\n").length;
          if (lines > MOST_LINES) yield { file: one.at(path), what: `has ${lines} lines.` };
        }
      }
    },
  },
  {
    name: "there is no state in a module: no `let`, and no collection that begins empty",
    breaches: (house) => eachModule(house, statesIn),
  },
  {
    name: "nothing is written to the console",
    breaches: (house) =>
      eachModule(house, ({ body }) =>
        [...walk(body)]
          .filter(isOfConsole)
          .map(({ property }) => `calls \`console.${isNode(property) ? property.name : "…"}\`.`),
      ),
  },
];

function* eachModule({ packages }: House, wrongs: (module: Module) => Iterable<string>): Iterable<Breach> {
  for (const one of packages) {
    for (const path of one.sources()) {
      for (const what of wrongs(one.module(path))) yield { file: one.at(path), what };
    }
  }
}

function isOfConsole({ type, object }: Node): boolean {
  return type === "MemberExpression" && isNode(object) && object.type === "Identifier" && object.name === "console";
}

function* statesIn({ body }: Module): Iterable<string> {
  for (const declaration of body.map(declarationIn)) {
    if (declaration?.type !== "VariableDeclaration" || !Array.isArray(declaration.declarations)) continue;
    for (const { id, init } of declaration.declarations.filter(isNode)) {
      const name = isNode(id) ? `\`${id.name}\`` : "a variable";
      if (declaration.kind !== "const") yield `has ${name}, which can change, outside of every function.`;
      else if (isNode(init) && beginsEmpty(init)) yield `has ${name}, which begins empty, outside of every function.`;
    }
  }
}

// A constant that begins empty is there to be filled. A WeakMap is not: what it holds is part of somebody's object.
function beginsEmpty({ type, callee, arguments: given, elements, properties }: Node): boolean {
  const none = (list: unknown) => Array.isArray(list) && list.length === 0;
  if (type === "NewExpression") return isNode(callee) && /^(Map|Set)$/.test(String(callee.name)) && none(given);
  return (type === "ArrayExpression" && none(elements)) || (type === "ObjectExpression" && none(properties));
}
