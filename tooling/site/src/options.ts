import { join } from "node:path";
import type { TypeDocOptions } from "typedoc";

const asset = (name: string) => join(import.meta.dirname, "assets", name);

/** The part of markdown-it that is used; it has no types of its own. */
interface MarkdownParser {
  readonly renderer: { readonly rules: Record<string, Rule | undefined> };
}

type Rule = (tokens: readonly { info: string }[], index: number, ...rest: readonly unknown[]) => string;

// What can be wider than the screen scrolls by itself, by keys as well: code in its box, and tables in one that they get here.
function arrange({ renderer: { rules } }: MarkdownParser): void {
  const { fence } = rules;
  rules.fence = (tokens, index, ...rest) => {
    const token = tokens[index];
    // Without a language, typedoc would colour a drawing as if it were TypeScript.
    if (token?.info === "") token.info = "text";
    return fence?.(tokens, index, ...rest).replace("<pre><code", '<pre><code tabindex="0"') ?? "";
  };
  rules.table_open = () => '<div class="table" role="region" aria-label="Table" tabindex="0"><table>';
  rules.table_close = () => "</table></div>";
}

/** How the site looks, and what is a mistake in it. */
export const OPTIONS: TypeDocOptions = {
  // The files of a build have no names that would tell a reader anything.
  disableSources: true,
  disableGit: true,
  hideGenerator: true,
  cleanOutputDir: true,
  searchInComments: true,
  searchInDocuments: true,
  sort: ["documents-last", "kind", "alphabetical-ignoring-documents"],
  kindSortOrder: ["Module", "Function", "Class", "Interface", "TypeAlias", "Variable"],
  groupOrder: ["Guides", "Vendors", "Packages", "In depth", "Functions", "Classes", "Interfaces", "*"],
  sortEntryPoints: false,
  navigation: { includeCategories: false, includeGroups: true, includeFolders: false },
  visibilityFilters: {},
  headings: { readme: true, document: true },
  includeHierarchySummary: false,
  locales: { en: { kind_module: "Package", kind_plural_module: "Packages" } },
  customCss: asset("site.css"),
  customJs: asset("site.js"),
  favicon: asset("favicon.svg"),
  markdownItLoader: arrange,
  lightHighlightTheme: "github-light-high-contrast",
  darkHighlightTheme: "github-dark-high-contrast",
  highlightLanguages: ["ts", "sh", "json", "http", "yaml"],
  validation: {
    notExported: true,
    invalidLink: true,
    invalidPath: true,
    rewrittenLink: true,
    // What must be documented, `undocumented.ts` says.
    notDocumented: false,
    unusedMergeModuleWith: true,
  },
  // The docstrings are read out of declarations, and a mistake in one is a mistake there as well.
  suppressCommentWarningsInDeclarationFiles: false,
};
