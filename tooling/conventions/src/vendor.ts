import type { Package } from "./house.ts";
import { declarations, isNode } from "./module.ts";

/** The words of a vendor's name in its code: `EagleEye` where the package says so, else made of its folder. */
export function prefixOf(vendor: Package): string {
  return createdBy(vendor) ?? vendor.folder.replace(/(?:^|-)(.)/g, (_, letter: string) => letter.toUpperCase());
}

/** `EagleEye` of the export `createEagleEyeSession`, where that is the vendor's name. */
export function createdBy(vendor: Package): string | undefined {
  const bare = vendor.folder.replaceAll("-", "");
  for (const { name = "", isType } of vendor.module("src/index.ts").exports) {
    const prefix = isType ? undefined : /^create(\w+)Session$/.exec(name)?.[1];
    if (prefix?.toLowerCase() === bare) return prefix;
  }
  return undefined;
}

/** The names in an interface. */
export function membersOf(of: Package, path: string, name: string): string[] {
  const declaration = declarations(of.module(path)).get(name);
  const body = declaration?.type === "TSInterfaceDeclaration" && isNode(declaration.body) ? declaration.body.body : [];
  return (Array.isArray(body) ? body : [])
    .filter(isNode)
    .flatMap(({ key }) => (isNode(key) && typeof key.name === "string" ? [key.name] : []));
}
