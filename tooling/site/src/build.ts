import { join } from "node:path";
import { Application, type Logger, LogLevel, Logger as Silent } from "typedoc";
import { entryPoints } from "./declarations.ts";
import { addReadmes, nameGuides } from "./documents.ts";
import { guides, HOME } from "./guides.ts";
import { OPTIONS } from "./options.ts";
import { publishedPackages, ROOT } from "./packages.ts";
import { routerFor } from "./router.ts";
import { undocumented } from "./undocumented.ts";

/** The result of a build. */
export interface Built {
  /** typedoc's complaints: broken links, exports without a docstring, types that cannot be imported. */
  readonly complaints: readonly string[];
}

/** Builds the whole site into a folder, which is emptied first. It reads only the repository, and sends nothing. */
export async function buildSite(folder: string, root: string = ROOT): Promise<Built> {
  const packages = publishedPackages(root);
  const pages = guides(root, packages);
  const app = await Application.bootstrap({
    ...OPTIONS,
    alwaysCreateEntryPointModule: true,
    name: "@vms",
    readme: join(root, HOME),
    projectDocuments: pages.map(({ path }) => join(root, path)),
  });
  const complaints: string[] = [];
  app.logger = listener(complaints);
  app.renderer.defineRouter("site", routerFor(root));
  app.options.setValue("router", "site");
  nameGuides(app, root, pages);
  addReadmes(app, packages);
  const { found, missing } = entryPoints(packages);
  complaints.push(...missing);
  const project = app.converter.convert(found);
  for (const { name } of packages) {
    // typedoc looks for types that cannot be imported only in one package: the project's.
    project.packageName = name;
    app.validate(project);
  }
  complaints.push(...undocumented(project));
  await app.generateDocs(project, folder);
  return { complaints: [...new Set(complaints)] };
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
