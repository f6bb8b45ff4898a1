import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "vitepress";
import { guides } from "./guides.ts";
import { publishedPackages, ROOT } from "./packages.ts";
import { writeReference } from "./reference/write.ts";
import { stageAt, stagePages, titled } from "./stage.ts";
import type { Content } from "./vitepress/content.ts";
import { navOf } from "./vitepress/nav.ts";
import { sidebarOf } from "./vitepress/sidebar.ts";

/** The result of a build. */
export interface Built {
  /** Broken links, exports without a docstring, and types that cannot be imported. */
  readonly complaints: readonly string[];
}

const PACKAGES = join(import.meta.dirname, "../node_modules");

/** Where the site is built from, and for which address. */
interface BuildOptions {
  /** The repository. Default: this one. */
  readonly root?: string;
  /** The path of the site on its host, with a slash at both ends. Default: `/`. */
  readonly base?: string;
}

/** Builds the whole site into a folder, which is emptied first. It reads only the repository, and sends nothing. */
export async function buildSite(folder: string, { root = ROOT, base = "/" }: BuildOptions = {}): Promise<Built> {
  const packages = publishedPackages(root);
  const pages = titled(root, guides(root, packages));
  const stage = stageAt(mkdtempSync(join(tmpdir(), "vms-stage-")));
  try {
    const reference = await writeReference(join(stage.folder, "api"), packages);
    // The navigation is the list of the packages.
    rmSync(join(stage.folder, "api/index.md"), { force: true });
    const complaints = [...reference.complaints, ...stagePages(stage, root, pages)];
    const content: Content = {
      base,
      nav: navOf(pages, packages),
      sidebar: sidebarOf(pages, packages, reference.pages),
      version: packages.find(({ name }) => name === "@vms/core")?.version ?? "",
    };
    stage.write(".vitepress/content.json", JSON.stringify(content));
    stage.write(".vitepress/config.mjs", CONFIG);
    // VitePress looks for packages from here.
    symlinkSync(PACKAGES, join(stage.folder, "node_modules"));
    stage.write(".vitepress/theme/index.ts", THEME);
    stage.copy(join(import.meta.dirname, "theme/logo.svg"), "public/logo.svg");
    await build(stage.folder, { outDir: folder });
    return { complaints };
  } finally {
    rmSync(stage.folder, { recursive: true, force: true });
  }
}

// It loads this project's files by Node itself, which knows what the compiler of VitePress does not.
const CONFIG = `
import { readFileSync } from "node:fs";
const file = ${JSON.stringify(join(import.meta.dirname, "vitepress/config.ts"))};
const { siteConfig } = await import(file);
export default siteConfig(JSON.parse(readFileSync(new URL("./content.json", import.meta.url), "utf8")));
`;

const THEME = `export { theme as default } from ${JSON.stringify(join(import.meta.dirname, "theme/index.ts"))};\n`;
