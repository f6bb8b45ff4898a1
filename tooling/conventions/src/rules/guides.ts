import { codeOf, errorsMadeBy } from "../error-classes.ts";
import { rowsOf, type Section, sectionsOf } from "../readme.ts";
import type { Rule } from "../rule.ts";
import type { Package, Workspace } from "../workspace.ts";

const FIRST: readonly string[] = ["The session", "The user", "Second factor"];
const LAST: readonly string[] = ["Options", "Assumptions", "Errors", "Troubleshooting"];
/** It has the same causes at every vendor. */
const SAME_EVERYWHERE = new Set(["invalid_options"]);

/** What vendors' guides contain. */
export const guides: readonly Rule[] = [
  {
    name: "a vendor's guide has the same sections as the others', in the same order, and its own ones in the middle",
    *violations(workspace) {
      for (const { file, guide, sections } of guidesOf(workspace)) {
        const headings = sections.map(({ heading }) => heading);
        const first = headings.slice(0, FIRST.length);
        const last = headings.slice(FIRST.length).slice(-LAST.length);
        if (guide === undefined) yield { file, what: "is missing." };
        else if (first.join() !== FIRST.join()) yield { file, what: `does not begin with ${FIRST.join(", ")}.` };
        else if (last.join() !== LAST.join()) yield { file, what: `does not end with ${LAST.join(", ")}.` };
      }
    },
  },
  {
    name: "a vendor's guide has every error that the vendor's package creates in its table",
    *violations(workspace) {
      for (const { vendor, file, sections } of guidesOf(workspace)) {
        const errors = sections.find(({ heading }) => heading === "Errors");
        if (errors === undefined) continue;
        const rows = rowsOf(errors);
        const codes = [...errorsMadeBy(vendor)].map(codeOf).filter((code) => !SAME_EVERYWHERE.has(code));
        const missing = codes.filter((code) => !rows.has(code));
        if (missing.length > 0) yield { file, what: `does not have these errors in the table: ${missing.join(", ")}.` };
      }
    },
  },
  {
    name: "a vendor's guide links to the options of its package and to its part of docs/assumptions.md",
    *violations(workspace) {
      for (const { vendor, file, sections } of guidesOf(workspace)) {
        const links = [
          ["Options", `(../../packages/${vendor.folder}/README.md#options)`],
          ["Assumptions", "(../assumptions.md#"],
        ] as const;
        for (const [section, link] of links) {
          const text = sections.find(({ heading }) => heading === section)?.text;
          if (text !== undefined && !text.includes(link)) yield { file, what: `has "${section}" without ${link}.` };
        }
      }
    },
  },
];

interface Guide {
  readonly vendor: Package;
  readonly file: string;
  readonly guide: string | undefined;
  readonly sections: readonly Section[];
}

function guidesOf({ vendors, guides: texts }: Workspace): Guide[] {
  return vendors.map((vendor) => {
    const file = `docs/guides/${vendor.folder}.md`;
    const guide = texts.get(file);
    return { vendor, file, guide, sections: sectionsOf(guide ?? "") };
  });
}
