import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import {
  type Application,
  type CommentDisplayPart,
  type Context,
  Converter,
  type DocumentReflection,
  MinimalSourceFile,
  normalizePath,
  ReflectionKind,
} from "typedoc";
import type { Guide } from "./guides.ts";
import type { Package } from "./packages.ts";
import { pathOf } from "./router.ts";

/** Removes the first heading of a page, because typedoc writes the page's name above it. */
function takeHeading(content: readonly CommentDisplayPart[]): string | undefined {
  const [first] = content;
  const heading = first === undefined ? undefined : /^\s*# (.+)\n+/.exec(first.text);
  if (first === undefined || heading === null || heading === undefined) return undefined;
  first.text = first.text.slice(heading[0].length);
  return heading[1];
}

/** Guides are named by their own heading, so that they are plain Markdown that also reads well on GitHub. */
export function nameGuides(app: Application, root: string, guides: readonly Guide[]): void {
  const groups = new Map(guides.map(({ path, group }) => [path, group]));
  app.converter.on(Converter.EVENT_CREATE_DOCUMENT, (_context: undefined, page: DocumentReflection) => {
    page.name = takeHeading(page.content)?.replaceAll("`", "") ?? page.name;
    page.frontmatter.group = groups.get(pathOf(page, root)) ?? "Guides";
  });
}

/** The README of a package is above its exports. Links to the README or to its folder lead there. */
export function addReadmes(app: Application, packages: readonly Package[]): void {
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, (context: Context) => {
    takeHeading(context.project.readme ?? []);
    for (const { name, readme } of packages) {
      const page = context.project.children?.find((one) => one.kindOf(ReflectionKind.Module) && one.name === name);
      if (page === undefined || readme === undefined) continue;
      const { files } = context.project;
      const text = new MinimalSourceFile(readFileSync(readme, "utf8"), normalizePath(readme));
      page.readme = app.converter.parseRawComment(text, files).content;
      takeHeading(page.readme);
      files.registerReflectionPath(normalizePath(readme), page);
      files.registerReflectionPath(normalizePath(dirname(readme)), page);
    }
  });
}
