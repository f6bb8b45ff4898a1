import { codeOf, errorsMadeBy } from "../error-classes.ts";
import { exampleOf, rowsOf, type Section, sectionsOf } from "../readme.ts";
import type { Rule } from "../rule.ts";
import { membersOf, prefixOf } from "../vendor.ts";
import type { Package, Workspace } from "../workspace.ts";

/** The sections that every vendor has, in order. Other sections may be between them. */
const SECTIONS: readonly (readonly [heading: RegExp, as: string])[] = [
  [/^Options$/, '"Options"'],
  [/^(The session|How it behaves)$/, '"The session" or "How it behaves"'],
  [/ leaves open$/, '"What the vendor leaves open"'],
  [/^Errors$/, '"Errors"'],
];
const ASSUMED = /^What is assumed$| leaves open$/;
/** Options of the core that some vendors cannot use. */
const NOT_FOR_ALL = ["cookies", "secondFactor"];
/** Errors that every session can throw. */
const ALWAYS = [
  "InvalidOptions",
  "InsecureTransport",
  "InvalidCredentials",
  "VendorUnavailable",
  "UnexpectedResponse",
  "OriginNotAllowed",
  "SessionClosed",
];

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
    name: "a vendor's README has the same sections as the others', in the same order",
    *violations({ vendors }) {
      for (const { file, sections } of readmesOf(vendors)) {
        const places = SECTIONS.map(([heading]) => sections.findIndex((one) => heading.test(one.heading)));
        for (const [index, [, as]] of SECTIONS.entries()) {
          const [before = -1, place = -1] = [places[index - 1], places[index]];
          if (place < 0) yield { file, what: `has no section ${as}.` };
          else if (place < before) yield { file, what: `has the section ${as} too early.` };
        }
        const last = sections.at(-1)?.heading;
        if (last !== "Errors" && places.at(-1) !== -1)
          yield { file, what: `ends with "${last}" and not with "Errors".` };
      }
    },
  },
  {
    name: "a vendor's README lists the assumptions about undocumented behaviour",
    *violations({ vendors }) {
      for (const { file, sections } of readmesOf(vendors)) {
        const where = sections.filter(({ heading }) => ASSUMED.test(heading));
        if (where.length > 0 && !where.some(({ heading, text }) => /assum/i.test(`${heading}\n${text}`))) {
          yield { file, what: "calls nothing an assumption: no vendor documents everything." };
        }
      }
    },
  },
  {
    name: "a vendor's README has every option in its table",
    *violations(workspace) {
      const common = commonOptions(workspace);
      for (const { vendor, file, sections } of readmesOf(workspace.vendors)) {
        const options = sections.find(({ heading }) => heading === "Options");
        if (options === undefined) continue;
        const rows = rowsOf(options);
        const missing = [...new Set([...common, ...ownOptions(vendor)])].filter((name) => !rows.has(name));
        if (missing.length > 0)
          yield { file, what: `does not have these options in the table: ${missing.join(", ")}.` };
      }
    },
  },
  {
    name: "a vendor's README has every error in its table",
    *violations({ vendors }) {
      for (const { vendor, file, sections } of readmesOf(vendors)) {
        const errors = sections.find(({ heading }) => heading === "Errors");
        if (errors === undefined) continue;
        const rows = rowsOf(errors);
        const codes = new Set([...ALWAYS, ...errorsMadeBy(vendor)].map(codeOf));
        const missing = [...codes].filter((code) => !rows.has(code));
        if (missing.length > 0) yield { file, what: `does not have these errors in the table: ${missing.join(", ")}.` };
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

function commonOptions({ packages }: Workspace): string[] {
  const core = packages.find(({ folder }) => folder === "core");
  const all = core?.sources().flatMap((path) => membersOf(core, path, "SessionOptions")) ?? [];
  return all.filter((name) => !NOT_FOR_ALL.includes(name));
}

/** The vendor's own options, from any file in `src`. */
function ownOptions(vendor: Package): string[] {
  return vendor.sources().flatMap((path) => membersOf(vendor, path, `${prefixOf(vendor)}Options`));
}
