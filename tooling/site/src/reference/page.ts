import { type Reflection, ReflectionKind } from "typedoc";
import { frontMatter } from "../front-matter.ts";

/** A page of the reference, with a plain name as its heading, and the line that imports it. */
export function finished(one: Reflection, contents: string): string {
  const values = frontMatter({ title: one.name, editLink: false });
  const { parent } = one;
  if (parent === undefined || !parent.kindOf(ReflectionKind.Module)) return values + contents;
  const kind = ReflectionKind.singularString(one.kind);
  const isType = one.kindOf(ReflectionKind.Interface | ReflectionKind.TypeAlias);
  const importing = `\`\`\`ts\nimport ${isType ? "type " : ""}{ ${one.name} } from "${parent.name}";\n\`\`\``;
  const heading = `# ${one.name}\n\n${kind} of [\`${parent.name}\`](index.md).\n\n${importing}\n`;
  return values + contents.replace(/^# .*\n/, () => heading);
}
