import { globSync } from "node:fs";
import { LinkChecker } from "linkinator";
import { serveFolder } from "../src/serve.ts";

/** What the links of a site's pages come to. */
export interface Links {
  readonly count: number;
  /** Links and anchors that lead nowhere: `page -> address`. */
  readonly broken: readonly string[];
  /** External addresses, which are not requested. */
  readonly beyond: readonly string[];
}

/** Follows all links of all pages in a folder, including anchors. Sends nothing to other machines. */
export async function followLinks(folder: string): Promise<Links> {
  const { url, close } = await serveFolder(folder);
  const beyond = new Set<string>();
  const { links } = await new LinkChecker().check({
    path: globSync("**/*.html", { cwd: folder }).map((page) => url + page.replaceAll("\\", "/")),
    checkFragments: true,
    retry: false,
    linksToSkip: async (link) => {
      // A scenario is no heading. The tests of the playground open it.
      if (link.startsWith(url)) return /\/playground\.html#scenario=\d+$/.test(link);
      beyond.add(link);
      return true;
    },
  });
  await close();
  const broken = links
    .filter(({ state }) => state === "BROKEN")
    .map(({ parent = "", url: to }) => `${parent} -> ${to}`.replaceAll(url, "/"));
  return { count: links.length, broken, beyond: [...beyond] };
}
