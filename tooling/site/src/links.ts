import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import GithubSlugger from "github-slugger";

/** Where the repository is on the web. */
export const REPOSITORY = "https://github.com/vms/vms";

/** Its links have a scenario in place of a heading. */
export const PLAYGROUND = "docs/playground.md";

/** The page of a file or folder of the repository on the web. */
export function onGitHub(path: string): string {
  return `${REPOSITORY}/blob/main/${path}`;
}

/** What a page of the repository becomes on the site. */
export interface Linked {
  readonly text: string;
  /** Pictures that the page shows, below the root of the repository. */
  readonly pictures: readonly string[];
  /** Links without a target. */
  readonly complaints: readonly string[];
}

/**
 * Changes the relative links of a page, which work in the repository, to links of the site. A file that has no page on the
 * site is linked at GitHub.
 * @param addresses the addresses of the pages on the site, by their paths in the repository.
 */
export function linkPage(root: string, path: string, addresses: ReadonlyMap<string, string>): Linked {
  const pictures: string[] = [];
  const complaints: string[] = [];
  const target = (link: string): string => {
    if (/^[a-z]+:/.test(link)) return link;
    const [file = "", anchor] = link.split("#");
    const to = file === "" ? path : join(dirname(path), file).replace(/\/$/, "");
    if (!existsSync(join(root, to))) {
      complaints.push(`${path}: the link ${link} leads to no file`);
      return link;
    }
    if (anchor !== undefined && to.endsWith(".md") && to !== PLAYGROUND && !anchorsOf(join(root, to)).has(anchor)) {
      complaints.push(`${path}: the link ${link} leads to no heading`);
    }
    if (/\.(svg|png)$/.test(to)) {
      pictures.push(to);
      return `/${pictureAddress(to)}`;
    }
    const address = addresses.get(to) ?? addresses.get(`${to}/README.md`);
    const fragment = anchor === undefined ? "" : `#${anchor}`;
    if (address === undefined) return `${onGitHub(to)}${fragment}`;
    return file === "" ? fragment : `/${address}.md${fragment}`;
  };
  const text = outsideCode(readFileSync(join(root, path), "utf8"), (part) =>
    part
      .replaceAll(/\]\(([^)\s]+)\)/g, (_, link: string) => `](${target(link)})`)
      .replaceAll(/^(\[[^\]]+\]: )(\S+)$/gm, (_, before: string, link: string) => `${before}${target(link)}`),
  );
  return { text, pictures, complaints };
}

/** The address of a picture, below the site. */
export function pictureAddress(path: string): string {
  return `pictures/${relative("docs/pictures", path).replaceAll("../", "")}`;
}

/** The anchors of a page's headings, as GitHub makes them. */
function anchorsOf(file: string): Set<string> {
  const slugger = new GithubSlugger();
  const text = readFileSync(file, "utf8").replaceAll(/^```[\s\S]*?^```$/gm, "");
  return new Set([...text.matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = ""]) => slugger.slug(plain(heading))));
}

function plain(heading: string): string {
  return heading.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1").replaceAll("`", "");
}

function outsideCode(text: string, change: (part: string) => string): string {
  const parts = text.split(/(^```[\s\S]*?^```$|`[^`\n]+`)/m);
  return parts.map((part, index) => (index % 2 === 0 ? change(part) : part)).join("");
}
