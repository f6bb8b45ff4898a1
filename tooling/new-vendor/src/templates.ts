import { globSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";
import { filesLikeOthers } from "./model.ts";
import type { Names } from "./name.ts";

const TEMPLATES = join(import.meta.dirname, "../templates");

/** The new files of a vendor, by their paths from the root. */
export function newFiles(root: string, names: Names): Map<string, string> {
  const files = new Map<string, string>();
  for (const [path, text] of filesLikeOthers(root, names)) files.set(`packages/${names.kebab}/${path}`, text);
  for (const path of globSync("**/*.{ts,md}", { cwd: TEMPLATES }).sort()) {
    const text = readFileSync(join(TEMPLATES, path), "utf8");
    files.set(placeOf(path.split(sep).join("/"), names), named(text, names));
  }
  return files;
}

function placeOf(template: string, { kebab }: Names): string {
  if (template === "changeset.md") return `.changeset/first-${kebab}.md`;
  if (template === "guide.md") return `docs/guides/${kebab}.md`;
  if (template === "simulator/server.test.ts") return `packages/simulator/test/${kebab}.test.ts`;
  const [, ofSimulator] = /^simulator\/(.+)$/.exec(template) ?? [];
  if (ofSimulator !== undefined) return `packages/simulator/src/${kebab}/${ofSimulator}`;
  return `packages/${kebab}/${template}`;
}

/** The templates are a vendor named "Your Vendor": two words, so that all spellings differ. */
function named(text: string, { kebab, camel, pascal, constant, title }: Names): string {
  return text
    .replaceAll("your-vendor", kebab)
    .replaceAll("yourVendor", camel)
    .replaceAll("YourVendor", pascal)
    .replaceAll("YOUR_VENDOR", constant)
    .replaceAll("Your Vendor", title);
}
