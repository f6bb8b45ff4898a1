import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** A vendor's name in all its spellings. */
export interface Names {
  /** `acme-cam`: its folder, its package, `session.vendor`. */
  readonly kebab: string;
  /** `acmeCam` */
  readonly camel: string;
  /** `AcmeCam` */
  readonly pascal: string;
  /** `ACME_CAM` */
  readonly constant: string;
  /** `Acme Cam` */
  readonly title: string;
}

/** A name that cannot be used. Its message says why, and what to do. */
export class BadName extends Error {
  override readonly name = "BadName";
}

const KEBAB = /^[a-z][a-z0-9]*(-[a-z][a-z0-9]*)*$/;
const MOST = 40;

/** @throws {BadName} if it is not a valid name for a vendor. */
export function namesOf(name: string | undefined): Names {
  if (name === undefined || name === "") throw new BadName("Give the vendor's name: npm run new-vendor acme-cam");
  if (!KEBAB.test(name) || name.length > MOST) {
    throw new BadName(
      `"${name}" cannot be the name of a package. Use lowercase letters and digits, at most ${MOST} characters, and join ` +
        `words by "-". Each word starts with a letter: "acme-cam".`,
    );
  }
  const words = name.split("-");
  const capitals = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  const pascal = capitals.join("");
  return {
    kebab: name,
    camel: pascal.charAt(0).toLowerCase() + pascal.slice(1),
    pascal,
    constant: name.replaceAll("-", "_").toUpperCase(),
    title: capitals.join(" "),
  };
}

/** Words that the code about vendors or the language uses. */
const RESERVED = new Set(
  (
    "all allVendors clock close core describe isVendor simulator vendor vendorNames vendors vms " +
    "arguments await break case catch class const continue debugger default delete do else enum eval export extends " +
    "false finally for function if implements import in instanceof interface let new null package private protected " +
    "public return static super switch this throw true try typeof undefined var void while with yield"
  ).split(" "),
);

/** @throws {BadName} if the name is reserved, or if a package, a page or a changeset of this name already exists. */
export function checkFree(root: string, { kebab, camel, constant }: Names): void {
  if (RESERVED.has(camel)) throw new BadName(`"${kebab}" is reserved. Choose another name.`);
  const taken = [`packages/${kebab}`, `packages/simulator/src/${kebab}`, `docs/guides/${kebab}.md`];
  for (const path of [...taken, `.changeset/first-${kebab}.md`]) {
    if (existsSync(join(root, path)))
      throw new BadName(`"${kebab}" is taken: ${path} already exists. Choose another name.`);
  }
  // `eagle-eye` would have the factory of `eagleeye`.
  const same = readdirSync(join(root, "packages")).find((folder) => bare(folder) === bare(constant));
  if (same !== undefined)
    throw new BadName(`"${kebab}" is taken: it differs from ${same} only by "-". Choose another name.`);
}

function bare(name: string): string {
  return name.replaceAll(/[-_]/g, "").toLowerCase();
}
