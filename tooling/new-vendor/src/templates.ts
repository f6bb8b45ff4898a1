import { globSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";
import { filesLikeOthers } from "./model.ts";
import type { Names } from "./name.ts";

const TEMPLATES = join(import.meta.dirname, "../templates");
const CHANGESET = "changeset.md";

/** The files of a new vendor's package, by their paths from the root. */
export function filesFor(root: string, names: Names): Map<string, string> {
  const files = new Map<string, string>();
  for (const [path, text] of filesLikeOthers(root, names)) files.set(`packages/${names.kebab}/${path}`, text);
  for (const path of globSync("**/*.{ts,md}", { cwd: TEMPLATES }).sort()) {
    const text = named(readFileSync(join(TEMPLATES, path), "utf8"), names);
    const place = `packages/${names.kebab}/${path.split(sep).join("/")}`;
    files.set(path === CHANGESET ? `.changeset/first-${names.kebab}.md` : place, text);
  }
  return files;
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
