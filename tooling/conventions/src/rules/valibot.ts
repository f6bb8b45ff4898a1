import { declarations, isNode, type Node, target, walk } from "../module.ts";
import type { Rule } from "../rule.ts";
import type { Package } from "../workspace.ts";

const isValibot = (from: string) => /^valibot(\/|$)/.test(from);

/** Vendors bundle a small copy of valibot, so no type of valibot may be public. */
export const valibot: readonly Rule[] = [
  {
    name: "valibot is in no public type",
    *violations({ packages }) {
      for (const one of packages) {
        for (const entry of entriesOf(one)) {
          for (const { name, local, from } of one.module(entry).exports) {
            const through = showsValibot(one, from === undefined ? entry : target(one.module(entry), from), local);
            if (through !== undefined) {
              yield {
                file: one.at(entry),
                what: `shows valibot in its public types: \`${name}\`, through \`${through}\`.`,
              };
            }
          }
        }
      }
    },
  },
];

/** The sources of what a package exports. */
function entriesOf({ manifest, files }: Package): string[] {
  return Object.values(manifest.exports ?? {})
    .map((entry) => (entry as { readonly types?: unknown })?.types)
    .filter((types) => typeof types === "string")
    .map((types) => types.replace(/^\.\/dist\/(.*)\.d\.ts$/, "src/$1.ts"))
    .filter((path) => files.has(path));
}

/** The name in a declaration, or in a type that it refers to, that is valibot's. */
function showsValibot(
  one: Package,
  path: string | undefined,
  name: string | undefined,
  seen: Set<string> = new Set(),
): string | undefined {
  // A type of another package is checked there.
  if (path === undefined || name === undefined || seen.has(`${path}#${name}`)) return undefined;
  seen.add(`${path}#${name}`);
  const module = one.module(path);
  const from = module.imports.get(name);
  if (from !== undefined)
    return isValibot(from.from) ? name : showsValibot(one, target(module, from.from), from.name, seen);
  const declaration = declarations(module).get(name);
  if (declaration === undefined) {
    const handed = module.exports.find((one) => one.name === name && (one.from !== undefined || one.local !== name));
    const where = handed?.from === undefined ? path : target(module, handed.from);
    return handed === undefined ? undefined : showsValibot(one, where, handed.local, seen);
  }
  for (const referred of referencesIn(declaration)) {
    if (isValibot(referred)) return `import("${referred}")`;
    const through = showsValibot(one, path, referred, seen);
    if (through !== undefined) return through;
  }
  return undefined;
}

/** The names that a declaration's types refer to. A function's body is left out, because a `.d.ts` does not show it. */
function* referencesIn(declaration: Node): Iterable<string> {
  const hidden = (key: string, of: Node): boolean =>
    (key === "body" && /Function/.test(of.type)) ||
    ((key === "init" || key === "value") &&
      (isNode(of.typeAnnotation) || (isNode(of.id) && isNode(of.id.typeAnnotation))));
  for (const node of walk(declaration, hidden)) {
    if (node.type === "TSTypeReference") yield* leftmost(node.typeName);
    if (node.type === "TSTypeQuery") yield* leftmost(node.exprName);
    if (node.type === "TSInterfaceHeritage" || node.type === "TSClassImplements") yield* leftmost(node.expression);
    if (/^Class/.test(node.type)) yield* leftmost(node.superClass);
    if (node.type === "TSImportType" && isNode(node.source)) yield String(node.source.value);
    // A constant without a declared type has the type of its value.
    if (node.type === "VariableDeclarator" && isNode(node.init)) {
      for (const { type, name } of walk(node.init, hidden)) if (type === "Identifier") yield String(name);
    }
  }
}

/** `z` of `v.GenericSchema`. */
function* leftmost(of: unknown): Iterable<string> {
  if (!isNode(of)) return;
  if (of.type === "Identifier") yield String(of.name);
  if (of.type === "TSQualifiedName") yield* leftmost(of.left);
  if (of.type === "MemberExpression") yield* leftmost(of.object);
}
