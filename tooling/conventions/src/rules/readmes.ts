import { exampleOf, rowsOf, type Section, sectionsOf } from "../readme.ts";
import type { Rule } from "../rule.ts";
import { membersOf, prefixOf } from "../vendor.ts";
import type { Package, Workspace } from "../workspace.ts";

const SECTIONS: readonly string[] = ["Options", "Documentation"];
/** The guide of the vendor has the rest. */
const MOST_LINES = 60;

/** What vendors' READMEs contain. A missing README is another rule's. */
export const readmes: readonly Rule[] = [
  {
    name: "a vendor's README has code that makes a session within its first 20 lines",
    *violations({ vendors }) {
      for (const { vendor, file, readme } of readmesOf(vendors)) {
        const example = exampleOf(readme);
        const create = `create${prefixOf(vendor)}Session(`;
        if (example === undefined) yield { file, what: "has no TypeScript in it." };
        else if (example.line > 20) yield { file, what: `has its first TypeScript in line ${example.line}.` };
        else if (!example.code.includes(create) || !example.code.includes(`"@vms/${vendor.folder}"`)) {
          yield { file, what: `has a first example without \`${create}…)\` of @vms/${vendor.folder}.` };
        }
      }
    },
  },
  {
    name: `a vendor's README has the sections ${SECTIONS.join(" and ")}, and at most ${MOST_LINES} lines`,
    *violations({ vendors }) {
      for (const { file, readme, sections } of readmesOf(vendors)) {
        const headings = sections.map(({ heading }) => heading);
        if (headings.join() !== SECTIONS.join()) yield { file, what: `has the sections ${headings.join(", ")}.` };
        const lines = readme.trimEnd().split("\n").length;
        if (lines > MOST_LINES) yield { file, what: `has ${lines} lines. The vendor's guide has the details.` };
      }
    },
  },
  {
    name: "a vendor's README lists its own options, and of the others only those that are required or have another default",
    *violations(workspace) {
      const inCore = defaultsIn(workspace.packages.find(({ folder }) => folder === "core")?.files.get("README.md"));
      const common = new Set(commonOptions(workspace));
      for (const { vendor, file, readme } of readmesOf(workspace.vendors)) {
        const own = new Set(ownOptions(vendor));
        const listed = defaultsIn(readme);
        const missing = [...own].filter((name) => !listed.has(name));
        if (missing.length > 0) yield { file, what: `does not list these options: ${missing.join(", ")}.` };
        for (const [name, value] of listed) {
          if (own.has(name)) continue;
          if (!common.has(name)) yield { file, what: `lists \`${name}\`, which is no option.` };
          else if (value !== "required" && value === inCore.get(name))
            yield { file, what: `lists \`${name}\`, which the README of @vms/core has with the same default.` };
        }
      }
    },
  },
];

interface Readme {
  readonly vendor: Package;
  readonly file: string;
  readonly readme: string;
  readonly sections: readonly Section[];
}

function readmesOf(vendors: readonly Package[]): Readme[] {
  return vendors.flatMap((vendor) => {
    const readme = vendor.files.get("README.md");
    if (readme === undefined) return [];
    return [{ vendor, file: vendor.at("README.md"), readme, sections: sectionsOf(readme) }];
  });
}

/** The options of a README's table, with their defaults. */
function defaultsIn(readme = ""): Map<string, string> {
  const options = sectionsOf(readme).find(({ heading }) => heading === "Options");
  const rows = [...(options?.text ?? "").matchAll(/^\|[^|]*\|([^|]*)\|/gm)];
  return new Map(
    rows.flatMap(([row, value = ""]) => [...rowsOf({ heading: "", text: row })].map((name) => [name, value.trim()])),
  );
}

function commonOptions({ packages }: Workspace): string[] {
  const core = packages.find(({ folder }) => folder === "core");
  return core?.sources().flatMap((path) => membersOf(core, path, "SessionOptions")) ?? [];
}

/** The vendor's own options, from any file in `src`. */
function ownOptions(vendor: Package): string[] {
  return vendor.sources().flatMap((path) => membersOf(vendor, path, `${prefixOf(vendor)}Options`));
}
