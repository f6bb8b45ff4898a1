import { type ProjectReflection, ReflectionKind } from "typedoc";

/**
 * The exports that do not say what they are for. typedoc's own check also asks for words on each member of an interface that only
 * repeats another library's.
 */
export function undocumented(project: ProjectReflection): string[] {
  const exports = project
    .getReflectionsByKind(ReflectionKind.SomeModule)
    .flatMap((module) => (module.isDeclaration() ? (module.children ?? []) : []));
  return exports
    .filter((one) => !one.hasComment() && !one.signatures?.some((signature) => signature.hasComment()))
    .filter((one) => !one.kindOf(ReflectionKind.Reference))
    .map((one) => `${one.getFullName()} has no docstring`);
}
