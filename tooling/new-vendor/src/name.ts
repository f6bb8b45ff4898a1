import { existsSync } from "node:fs";
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
      `"${name}" cannot be the name of a package: small letters and digits, words joined by "-", each word begun by a ` +
        `letter, at most ${MOST} characters, as in "acme-cam".`,
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

/** @throws {BadName} if a package of this name already exists, or its changeset. */
export function checkFree(root: string, { kebab }: Names): void {
  for (const path of [`packages/${kebab}`, `.changeset/first-${kebab}.md`]) {
    if (existsSync(join(root, path)))
      throw new BadName(`"${kebab}" is taken: ${path} already exists. Choose another name.`);
  }
}
