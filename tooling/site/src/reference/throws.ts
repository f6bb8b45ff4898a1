import { type Application, type Comment, type CommentDisplayPart, CommentTag, type Context, Converter } from "typedoc";

/**
 * Shows `@throws {InvalidOptions} …` with its types, as links, in one list for each comment. typedoc itself only keeps the
 * types, and its Markdown has a heading for each tag.
 */
export function showThrownTypes(app: Application): void {
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }: Context) => {
    const all = Object.values(project.reflections);
    const byName = new Map(all.filter((one) => one.isDeclaration()).map((one) => [one.name, one]));
    const typeOf = (name: string): CommentDisplayPart => {
      const target = byName.get(name);
      if (target === undefined) return { kind: "code", text: `\`${name}\`` };
      return { kind: "inline-tag", tag: "@link", text: name, target };
    };
    for (const { comment } of all) if (comment !== undefined) list(comment, typeOf);
  });
}

function list(comment: Comment, typeOf: (name: string) => CommentDisplayPart): void {
  const tags = comment.getTags("@throws");
  const [first] = tags;
  if (first === undefined) return;
  const content = tags.flatMap((tag): CommentDisplayPart[] => {
    const names = tag.typeAnnotation?.replace(/^\{(.*)\}$/s, "$1").split("|") ?? [];
    const types = names.flatMap((name, index) => [text(index === 0 ? "" : " or "), typeOf(name.trim())]);
    return [text("- "), ...types, text(types.length > 0 ? ": " : ""), ...tag.content, text("\n")];
  });
  const at = comment.blockTags.indexOf(first);
  comment.blockTags = comment.blockTags.filter((tag) => !tags.includes(tag));
  comment.blockTags.splice(at, 0, new CommentTag("@throws", content));
}

function text(words: string): CommentDisplayPart {
  return { kind: "text", text: words };
}
