import { declarations, isNode } from "./module.ts";
import type { Package } from "./workspace.ts";

/** The vendor's name in code: `EagleEye` if the package exports it, otherwise derived from the folder's name. */
export function prefixOf(vendor: Package): string {
  return createdBy(vendor) ?? vendor.folder.replace(/(?:^|-)(.)/g, (_, letter: string) => letter.toUpperCase());
}

/** `EagleEye` from the export `createEagleEyeSession`, if that is the vendor's name. */
export function createdBy(vendor: Package): string | undefined {
  const bare = vendor.folder.replaceAll("-", "");
  for (const { name = "", isType } of vendor.module("src/index.ts").exports) {
    const prefix = isType ? undefined : /^create(\w+)Session$/.exec(name)?.[1];
    if (prefix?.toLowerCase() === bare) return prefix;
  }
  return undefined;
}

/** The names of an interface's members. */
export function membersOf(of: Package, path: string, name: string): string[] {
  const declaration = declarations(of.module(path)).get(name);
  const body = declaration?.type === "TSInterfaceDeclaration" && isNode(declaration.body) ? declaration.body.body : [];
  return (Array.isArray(body) ? body : [])
    .filter(isNode)
    .flatMap(({ key }) => (isNode(key) && typeof key.name === "string" ? [key.name] : []));
}
