import { join } from "node:path";
import type { TypeDocOptions } from "typedoc";

const asset = (name: string) => join(import.meta.dirname, "assets", name);

/** The part of markdown-it that is used. It has no types. */
interface MarkdownParser {
  readonly renderer: { readonly rules: Record<string, Rule | undefined> };
}

type Rule = (tokens: readonly { info: string }[], index: number, ...rest: readonly unknown[]) => string;

// Wide content scrolls separately, also with keys: code in its box, and tables in a box that is added here.
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

/** The look of the site, and what counts as a mistake. */
export const OPTIONS: TypeDocOptions = {
  // The names of built files do not help a reader.
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
  highlightLanguages: ["ts", "sh", "json", "http", "yaml", "docker"],
  validation: {
    notExported: true,
    invalidLink: true,
    invalidPath: true,
    rewrittenLink: true,
    // `undocumented.ts` defines what must be documented.
    notDocumented: false,
    unusedMergeModuleWith: true,
  },
  // The docstrings come from declarations, which must be correct too.
  suppressCommentWarningsInDeclarationFiles: false,
};
