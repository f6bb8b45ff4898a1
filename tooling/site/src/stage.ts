import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { frontMatter } from "./front-matter.ts";
import { FRONT, type Guide } from "./guides.ts";
import { linkPage, onGitHub, pictureAddress } from "./links.ts";
import type { Titled } from "./vitepress/sidebar.ts";

/** Writes files into the folder that VitePress reads. */
export interface Stage {
  readonly folder: string;
  write(path: string, text: string): void;
  copy(from: string, path: string): void;
}

export function stageAt(folder: string): Stage {
  const place = (path: string) => {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    return file;
  };
  return {
    folder,
    write: (path, text) => writeFileSync(place(path), text),
    copy: (from, path) => copyFileSync(from, place(path)),
  };
}

/**
 * Writes the handwritten pages, with the links of the site.
 * @returns the links without a target.
 */
export function stagePages(stage: Stage, root: string, pages: readonly Titled[]): string[] {
  const addresses = new Map(pages.map(({ path, address }) => [path, address]));
  addresses.set(FRONT, "index");
  const complaints: string[] = [];
  const put = (
    path: string,
    address: string,
    more: (text: string) => string,
    values: Readonly<Record<string, unknown>> = {},
  ) => {
    const { text, pictures, complaints: found } = linkPage(root, path, addresses);
    complaints.push(...found);
    for (const picture of pictures) stage.copy(join(root, picture), join("public", pictureAddress(picture)));
    stage.write(`${address}.md`, `${frontMatter({ source: edit(path), ...values })}${more(text)}`);
  };
  for (const { path, address } of pages) put(path, address, (text) => text + exportsOf(stage, address));
  put(FRONT, "index", front, { layout: "page", sidebar: false, pageClass: "front", title: "Sign in once" });
  return complaints;
}

/** What typedoc wrote for the package of a README: its exports. */
function exportsOf(stage: Stage, address: string): string {
  const file = join(stage.folder, `${address}.md`);
  if (!address.startsWith("api/") || !existsSync(file)) return "";
  const text = readFileSync(file, "utf8").replace(/^---[\s\S]*?^# .*\n/m, "");
  return `\n## Exports\n${text.replaceAll(/^##/gm, "###")}`;
}

function edit(path: string): string {
  return onGitHub(path).replace("/blob/", "/edit/");
}

/** The first part of the front page in two columns: what it is with a picture, and a program with its output. */
function front(text: string): string {
  const at = text.indexOf("\n## ");
  const top = text.slice(0, at);
  // The paragraph before the program belongs to it.
  const program = top.lastIndexOf("\n\n", top.indexOf("\n\n```ts\n") - 1);
  const picture = top.lastIndexOf("\n![");
  const parts = [top.slice(0, program), top.slice(program, picture), top.slice(picture)];
  const boxes = parts.map((part) => `<div>\n\n${part.trim()}\n\n</div>`).join("\n");
  return `<div class="vp-doc">\n\n<div class="claim">\n\n${boxes}\n\n</div>\n\n${text.slice(at)}\n\n</div>\n`;
}

/** The pages with their headings, as the navigation shows them. */
export function titled(root: string, pages: readonly Guide[]): Titled[] {
  return pages.map((page) => {
    const [, heading = page.path] = /^# (.+)$/m.exec(readFileSync(join(root, page.path), "utf8")) ?? [];
    return { ...page, title: heading.replaceAll("`", "") };
  });
}
