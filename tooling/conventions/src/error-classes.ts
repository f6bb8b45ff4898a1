import { isNode, walk } from "./module.ts";
import type { Package } from "./workspace.ts";

const NOT_ERRORS = new Set(["VmsError"]);

/** The error classes of @vms/core that a package creates, by name. */
export function errorsMadeBy(of: Package): Set<string> {
  const made = new Set<string>();
  for (const path of of.sources()) {
    const module = of.module(path);
    for (const { type, callee } of walk(module.body)) {
      if (type !== "NewExpression" || !isNode(callee) || typeof callee.name !== "string") continue;
      const { from, name } = module.imports.get(callee.name) ?? {};
      if (from === "@vms/core" && name !== undefined && !NOT_ERRORS.has(name)) made.add(name);
    }
  }
  return made;
}

/** The code of an error class: `invalid_credentials` for `InvalidCredentials`. */
export function codeOf(kind: string): string {
  return kind.replace(/(?<!^)[A-Z]/g, (letter) => `_${letter}`).toLowerCase();
}
