import { posix } from "node:path";
import { parseSync } from "rolldown/utils";

/** A node of an ESTree syntax tree. */
export interface Node {
  readonly type: string;
  readonly [key: string]: unknown;
}

/** A name that a file imports. */
interface Import {
  /** The specifier: `./wire.ts`, `@vms/core`. */
  readonly from: string;
  /** Its name in the other file; `undefined` for a namespace import. */
  readonly name: string | undefined;
}

/** A name that a file exports. */
interface Export {
  /** The exported name; `undefined` for `export *`. */
  readonly name: string | undefined;
  readonly isType: boolean;
  /** Its name in this file, or in the file that it is re-exported from. */
  readonly local: string | undefined;
  /** The specifier that it is re-exported from. */
  readonly from: string | undefined;
}

/** A parsed TypeScript file. */
export interface Module {
  readonly path: string;
  readonly text: string;
  /** Statements outside of every function. */
  readonly body: readonly Node[];
  /** Imported names, by their local names. */
  readonly imports: ReadonlyMap<string, Import>;
  readonly exports: readonly Export[];
  /** The specifiers of everything it imports or re-exports, also lazily and as types. */
  readonly needs: readonly string[];
}

/**
 * Parses a TypeScript file.
 * @throws {SyntaxError} naming the file.
 */
export function moduleOf(path: string, text: string): Module {
  const { program, module, errors } = parseSync(path, text);
  if (errors[0] !== undefined) throw new SyntaxError(`${path}: ${errors[0].message}`);
  const imports = new Map<string, Import>();
  const needs: string[] = [];
  for (const { moduleRequest, entries } of module.staticImports) {
    needs.push(moduleRequest.value);
    for (const { importName, localName } of entries) {
      const name = importName.kind === "Name" ? (importName.name ?? undefined) : undefined;
      imports.set(localName.value, { from: moduleRequest.value, name });
    }
  }
  const exports: Export[] = [];
  for (const { entries } of module.staticExports) {
    for (const { moduleRequest, exportName, importName, localName, isType } of entries) {
      const from = moduleRequest?.value;
      if (from !== undefined) needs.push(from);
      const name = exportName.kind === "Default" ? "default" : (exportName.name ?? undefined);
      exports.push({ name, isType, from, local: (from === undefined ? localName.name : importName.name) ?? undefined });
    }
  }
  const body = (program.body as readonly unknown[]).filter(isNode);
  for (const node of walk(body)) {
    // `import("x")`, of a value and of a type.
    const source = node.type === "ImportExpression" || node.type === "TSImportType" ? node.source : undefined;
    if (isNode(source) && typeof source.value === "string") needs.push(source.value);
  }
  return { path, text, body, imports, exports, needs };
}

export function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && typeof (value as { type?: unknown }).type === "string";
}

/** A node and its descendants, except those for which `leaveOut` returns true. */
export function* walk(value: unknown, leaveOut: (key: string, of: Node) => boolean = () => false): Iterable<Node> {
  if (Array.isArray(value)) for (const part of value) yield* walk(part, leaveOut);
  if (!isNode(value)) return;
  yield value;
  for (const [key, part] of Object.entries(value)) if (!leaveOut(key, value)) yield* walk(part, leaveOut);
}

/** The path of a relative import in the same package; `undefined` for other packages. */
export function target(module: Module, from: string): string | undefined {
  return from.startsWith(".") ? posix.join(posix.dirname(module.path), from) : undefined;
}

/** The package in a specifier, such as `@vms/core` for `@vms/core/node`; `undefined` for files and Node's modules. */
export function packageIn(specifier: string): string | undefined {
  if (specifier.startsWith(".") || specifier.startsWith("node:")) return undefined;
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}

/** The declaration in a statement, with or without `export` before it. */
export function declarationIn(statement: Node): Node | undefined {
  const inner = statement.type === "ExportNamedDeclaration" ? statement.declaration : statement;
  return isNode(inner) && /Declaration$/.test(inner.type) && !/^(Import|Export)/.test(inner.type) ? inner : undefined;
}

/** A file's top-level declarations, by name. */
export function declarations({ body }: Module): Map<string, Node> {
  const found = new Map<string, Node>();
  for (const statement of body) {
    const declaration = declarationIn(statement);
    if (declaration === undefined) continue;
    const parts = Array.isArray(declaration.declarations) ? declaration.declarations : [declaration];
    for (const part of parts.filter(isNode)) {
      if (isNode(part.id) && typeof part.id.name === "string") found.set(part.id.name, part);
    }
  }
  return found;
}
