import type { TypeDocOptions } from "typedoc";
import type { PluginOptions } from "typedoc-plugin-markdown";

/** The form of the reference, and what counts as a mistake. */
export const OPTIONS: Partial<TypeDocOptions & PluginOptions> = {
  plugin: ["typedoc-plugin-markdown"],
  name: "@vms",
  readme: "none",
  alwaysCreateEntryPointModule: true,
  // The names of built files do not help a reader.
  disableSources: true,
  disableGit: true,
  // What errors inherit from the platform is documented there.
  excludeExternals: true,
  logLevel: "Warn",
  sort: ["kind", "alphabetical"],
  kindSortOrder: ["Module", "Function", "Class", "Interface", "TypeAlias", "Variable"],
  sortEntryPoints: false,
  entryFileName: "index",
  hidePageHeader: true,
  hideBreadcrumbs: true,
  useCodeBlocks: true,
  expandObjects: true,
  expandParameters: true,
  indexFormat: "table",
  parametersFormat: "table",
  typeDeclarationFormat: "table",
  sanitizeComments: true,
  // The theme shows the kind beside the name.
  pageTitleTemplates: { module: "{name}", member: "{name}" },
  preservedTypeAnnotationTags: ["@throws"],
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
