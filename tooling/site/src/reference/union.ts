import { Comment, type DeclarationReflection, type Reflection, ReflectionKind, type SomeType } from "typedoc";

/**
 * A table of the types that a type is one of, such as the events of a session, with the first paragraph on each.
 * Empty if it is not a union of exported types.
 */
export function unionTable(one: Reflection, linkTo: (member: Reflection) => string): string {
  if (!one.isDeclaration() || !one.kindOf(ReflectionKind.TypeAlias)) return "";
  const members = membersOf(one.type);
  if (members.length < 2) return "";
  const rows = members.map((member) => `| [\`${member.name}\`](${linkTo(member)}) | ${meaningOf(member)} |`);
  return `\n## One of\n\n| type | meaning |\n| --- | --- |\n${rows.join("\n")}\n`;
}

function membersOf(type: SomeType | undefined): DeclarationReflection[] {
  // `SessionEvents[SessionEventName]`: one of the types of its properties.
  if (type?.type === "indexedAccess" && type.objectType.type === "reference") {
    const { reflection } = type.objectType;
    const properties = reflection?.isDeclaration() ? (reflection.children ?? []) : [];
    return properties.flatMap((property) => exported(property.type));
  }
  return type?.type === "union" ? type.types.flatMap(exported) : [];
}

function exported(type: SomeType | undefined): DeclarationReflection[] {
  return type?.type === "reference" && type.reflection?.isDeclaration() ? [type.reflection] : [];
}

function meaningOf({ comment }: DeclarationReflection): string {
  const [first = ""] = Comment.combineDisplayParts(comment?.summary).split("\n\n");
  return first
    .replaceAll(/\{@link (?:\S+ \| )?([^}]+)\}/g, "`$1`")
    .replaceAll("\n", " ")
    .replaceAll("|", "\\|");
}
