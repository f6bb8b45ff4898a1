import { Application, type Logger, LogLevel, Reflection, ReflectionKind, Logger as Silent } from "typedoc";
import { type MarkdownApplication, MarkdownPageEvent } from "typedoc-plugin-markdown";
import type { Package } from "../packages.ts";
import { entryPoints } from "./declarations.ts";
import { OPTIONS } from "./options.ts";
import { finished } from "./page.ts";
import { ReferenceRouter } from "./router.ts";
import { showThrownTypes } from "./throws.ts";
import { undocumented } from "./undocumented.ts";
import { unionTable } from "./union.ts";

/** A page of the reference. */
export interface ReferencePage {
  /** The name of the export. */
  readonly name: string;
  /** The import specifier of its entry. */
  readonly entry: string;
  /** What it is, in the plural: `Functions`. */
  readonly kind: string;
  /** Its file below the folder of the reference. */
  readonly file: string;
}

/** The reference of all packages. */
export interface Reference {
  readonly pages: readonly ReferencePage[];
  /** typedoc's complaints: exports without a docstring, types that cannot be imported, links without a target. */
  readonly complaints: readonly string[];
}

/** Writes the reference of all packages as Markdown into a folder: a page for each entry, and for each export. */
export async function writeReference(folder: string, packages: readonly Package[]): Promise<Reference> {
  const app = (await Application.bootstrapWithPlugins(OPTIONS)) as MarkdownApplication;
  const complaints: string[] = [];
  app.logger = listener(complaints);
  app.renderer.defineRouter("site", ReferenceRouter);
  app.options.setValue("router", "site");
  showThrownTypes(app);
  const { found, missing } = entryPoints(packages);
  complaints.push(...missing);
  const project = app.converter.convert(found);
  for (const { name } of packages) {
    // typedoc looks for types that cannot be imported only in one package: the project's.
    project.packageName = name;
    app.validate(project);
  }
  complaints.push(...undocumented(project));
  const pages: ReferencePage[] = [];
  app.renderer.on(MarkdownPageEvent.END, (page: MarkdownPageEvent) => {
    const { model, url: file } = page;
    if (!(model instanceof Reflection)) return;
    const { name, kind, parent } = model;
    if (parent?.kindOf(ReflectionKind.Module)) {
      pages.push({ name, entry: parent.name, kind: ReflectionKind.pluralString(kind), file });
    }
    const table = unionTable(model, (target) => app.renderer.router?.relativeUrl(model, target) ?? "");
    page.contents = finished(model, `${page.contents ?? ""}${table}`);
  });
  await app.outputs.writeOutput({ name: "markdown", path: folder }, project);
  return { pages, complaints: [...new Set(complaints)] };
}

/** Complaints that are not about our pages: the platform's declarations are in several files. */
const PUT_UP_WITH = [/^Promise has multiple declarations/];

function listener(complaints: string[]): Logger {
  const logger = new Silent();
  logger.log = (message, level) => {
    if (PUT_UP_WITH.some((known) => known.test(message))) return;
    if (level === LogLevel.Warn || level === LogLevel.Error) complaints.push(message);
  };
  return logger;
}
