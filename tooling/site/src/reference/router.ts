import { type Reflection, ReflectionKind } from "typedoc";
import { MemberRouter } from "typedoc-plugin-markdown";

/** Readable addresses: `core/index.md` for a package, `core/node/index.md` for an entry, `core/node/nodeFetch.md` for an export. */
export class ReferenceRouter extends MemberRouter {
  override getIdealBaseName(reflection: Reflection): string {
    if (reflection.kindOf(ReflectionKind.Module)) return `${folderOf(reflection)}/index`;
    return `${folderOf(moduleOf(reflection))}/${reflection.name}`;
  }
}

function moduleOf(reflection: Reflection): Reflection {
  const { parent } = reflection;
  return parent === undefined || reflection.kindOf(ReflectionKind.Module) ? reflection : moduleOf(parent);
}

/** The folder of an entry that users import. */
function folderOf({ name }: { readonly name: string }): string {
  return name.replace(/^@[\w-]+\//, "");
}
