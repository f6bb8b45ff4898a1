import type { DefaultTheme } from "vitepress";
import type { Group, Guide } from "../guides.ts";
import type { Package } from "../packages.ts";
import type { ReferencePage } from "../reference/write.ts";

type Item = DefaultTheme.SidebarItem;

/** A handwritten page with its heading. */
export interface Titled extends Guide {
  readonly title: string;
}

const ORDER: readonly Group[] = ["Start", "Vendors", "Guides", "In depth", "Reference", "Maintainers"];

/**
 * The navigation: all handwritten pages, and for the pages of an entry its exports by kind. A page does not have the exports of
 * other entries, because the navigation is in the file of each page.
 */
export function sidebarOf(
  pages: readonly Titled[],
  packages: readonly Package[],
  reference: readonly ReferencePage[],
): DefaultTheme.SidebarMulti {
  const groups = ORDER.map(
    (group): Item => ({
      text: group,
      items: pages
        .filter((page) => page.group === group)
        .map(({ title, address }) => ({ text: title, link: linkOf(address) })),
    }),
  ).filter(({ items = [] }) => items.length > 0);
  const all = groups.find(({ text }) => text === "Reference");
  const entries = packages.flatMap((one) => one.entries.map(({ name }) => [sidebarAddress(name), one, name] as const));
  const own = entries.map(([address, one, name]): readonly [string, Item[]] => {
    const links = one.entries.map((entry) => ({ text: entry.name, link: sidebarAddress(entry.name) }));
    const kinds = Map.groupBy(
      reference.filter((page) => page.entry === name),
      ({ kind }) => kind,
    );
    const exported = [...kinds].map(([kind, some]) => ({
      text: kind,
      items: some.map((page) => ({ text: page.name, link: `/api/${page.file.replace(/\.md$/, "")}` })),
    }));
    return [address, [{ text: one.name, items: links }, ...exported, ...(all === undefined ? [] : [all])]];
  });
  return { "/": groups, ...Object.fromEntries(own) };
}

function sidebarAddress(entry: string): string {
  return `/api/${entry.replace(/^@[\w-]+\//, "")}/`;
}

function linkOf(address: string): string {
  return `/${address.replace(/(^|\/)index$/, "$1")}`;
}
