import { type ProjectReflection, ReflectionKind } from "typedoc";

/**
 * The exports without a docstring. typedoc's own check also requires one for each member of an interface that only
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
