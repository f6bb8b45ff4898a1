import { posix } from "node:path";
import { parseSync } from "rolldown/utils";

/** A part of a syntax tree, as ESTree has them. */
export interface Node {
  readonly type: string;
  readonly [key: string]: unknown;
}

/** A name that a file has from another one. */
export interface Import {
  /** As it is written: `./wire.ts`, `@vms/core`. */
  readonly from: string;
  /** Its name over there; `undefined` where it stands for all names. */
  readonly name: string | undefined;
}

/** A name that a file gives to others. */
export interface Export {
  /** `undefined` for `export *`. */
  readonly name: string | undefined;
  readonly isType: boolean;
  /** The name in this file, or in the file that it is from. */
  readonly local: string | undefined;
  /** The file that it is handed on from. */
  readonly from: string | undefined;
}

/** What there is to know of a TypeScript file. */
export interface Module {
  readonly path: string;
  /** Statements outside of every function. */
  readonly body: readonly Node[];
  /** Names from elsewhere, by what they are called here. */
  readonly imports: ReadonlyMap<string, Import>;
  readonly exports: readonly Export[];
  /** What it needs, in whichever way: as it is written. */
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
  return { path, body, imports, exports, needs };
}

export function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && typeof (value as { type?: unknown }).type === "string";
}

/** A node and all below it, but for what is left out. */
export function* walk(value: unknown, leaveOut: (key: string, of: Node) => boolean = () => false): Iterable<Node> {
  if (Array.isArray(value)) for (const part of value) yield* walk(part, leaveOut);
  if (!isNode(value)) return;
  yield value;
  for (const [key, part] of Object.entries(value)) if (!leaveOut(key, value)) yield* walk(part, leaveOut);
}

/** Where a relative path of a file leads to, in the same package; `undefined` for other packages. */
export function target(module: Module, from: string): string | undefined {
  return from.startsWith(".") ? posix.join(posix.dirname(module.path), from) : undefined;
}

/** The package that is needed by a specifier: `@vms/core` for `@vms/core/node`; `undefined` for a file and for Node's own. */
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

/** What a file declares outside of every function, by name. */
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
