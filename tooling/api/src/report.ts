import { existsSync, globSync, mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Extractor, ExtractorConfig, ExtractorLogLevel, type ExtractorMessage } from "@microsoft/api-extractor";
import type { Item } from "./doc-comments.ts";

export const ROOT: string = join(import.meta.dirname, "../../..");

/** A public entry of a package, such as `@vms/core/node`. */
export interface Entry {
  /** Its import specifier. */
  readonly name: string;
  readonly folder: string;
  /** The path of its declarations. */
  readonly types: string;
  /** The name of its report without the extension. */
  readonly report: string;
}

/** The result for an entry. */
export interface Report {
  /** Whether the report in the repository differs from the declarations. */
  readonly drifted: boolean;
  /** Problems of the declarations. */
  readonly messages: readonly string[];
  /** The declarations and their doc comments. */
  readonly model: Item;
}

/** All public entries of published packages that have declarations. */
export function entries(): Entry[] {
  return globSync("packages/*/package.json", { cwd: ROOT })
    .sort()
    .flatMap((manifest) => {
      const folder = join(ROOT, dirname(manifest));
      const { name, exports = {} } = JSON.parse(readFileSync(join(ROOT, manifest), "utf8"));
      return Object.entries(exports as Record<string, { types?: string }>).flatMap(([path, { types }]) => {
        // Only the packages themselves use internal entries, so users do not notice changes.
        if (types === undefined || path.startsWith("./internal")) return [];
        const entry = path.replace(/^\./, "");
        const report = `${name}${entry}`.replace("@", "").replaceAll("/", "-");
        return [{ name: `${name}${entry}`, folder, types: join(folder, types), report }];
      });
    });
}

const REPORTS = join(ROOT, "docs/api");
const TEMPORARY = join(import.meta.dirname, "../.report/api");

/**
 * Compares the report of an entry with its declarations, or writes it.
 * @param write whether to write the report instead of only comparing it.
 */
export function reportOf(entry: Entry, write: boolean): Report {
  mkdirSync(REPORTS, { recursive: true });
  mkdirSync(TEMPORARY, { recursive: true });
  const manifest = join(entry.folder, "package.json");
  const model = join(TEMPORARY, `${entry.report}.api.json`);
  const config = ExtractorConfig.prepare({
    configObject: {
      projectFolder: entry.folder,
      mainEntryPointFilePath: entry.types,
      newlineKind: "lf",
      compiler: {
        overrideTsconfig: {
          compilerOptions: {
            target: "es2023",
            lib: ["es2023", "esnext.disposable", "dom", "dom.iterable"],
            module: "nodenext",
            moduleResolution: "nodenext",
            types: ["node"],
            typeRoots: [join(import.meta.dirname, "../node_modules/@types")],
            strict: true,
            skipLibCheck: true,
          },
          files: [entry.types],
        },
      },
      apiReport: {
        enabled: true,
        reportFolder: REPORTS,
        reportTempFolder: TEMPORARY,
        reportFileName: `${entry.report}.api.md`,
      },
      docModel: { enabled: true, apiJsonFilePath: model },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      messages: {
        compilerMessageReporting: { default: { logLevel: ExtractorLogLevel.None } },
        extractorMessageReporting: {
          default: { logLevel: ExtractorLogLevel.Warning },
          // The version of a package states its release stage.
          "ae-missing-release-tag": { logLevel: ExtractorLogLevel.None },
        },
        // `doc-comments.ts` checks `{Type}` after `@throws`, which is not TSDoc.
        tsdocMessageReporting: { default: { logLevel: ExtractorLogLevel.None } },
      },
    },
    configObjectFullPath: undefined,
    packageJsonFullPath: manifest,
  });
  const messages: string[] = [];
  const { apiReportChanged } = Extractor.invoke(config, {
    localBuild: write,
    messageCallback(message: ExtractorMessage) {
      message.handled = true;
      const { category, logLevel, messageId, text } = message;
      if (category === "Extractor" && logLevel === ExtractorLogLevel.Warning) messages.push(`${messageId}: ${text}`);
    },
  });
  const missing = !existsSync(join(REPORTS, `${entry.report}.api.md`));
  return { drifted: apiReportChanged || missing, messages, model: JSON.parse(readFileSync(model, "utf8")) };
}
