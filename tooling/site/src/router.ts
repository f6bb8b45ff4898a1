import { relative } from "node:path";
import { type Reflection, StructureRouter } from "typedoc";
import { addressOf } from "./guides.ts";

/** Creates a router with readable addresses: `guides/first-session`, `api/alta`, `api/core/node/nodeFetch`. */
export function routerFor(root: string): typeof StructureRouter {
  return class extends StructureRouter {
    protected override getIdealBaseName(reflection: Reflection): string {
      if (!reflection.isDocument()) return super.getIdealBaseName(reflection).replace(/^[^/]*vms\//, "api/");
      return addressOf(pathOf(reflection, root));
    }
  };
}

/** The file of a page, below the root. */
export function pathOf(page: Reflection, root: string): string {
  const path = page.project.files.getReflectionPath(page);
  if (path === undefined) throw new Error(`The page ${page.name} has no file.`);
  return relative(root, path).replaceAll("\\", "/");
}
