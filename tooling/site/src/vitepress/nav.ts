import type { DefaultTheme } from "vitepress";
import { PLAYGROUND, REPOSITORY } from "../links.ts";
import type { Package } from "../packages.ts";
import type { Titled } from "./sidebar.ts";

/** The menu above all pages. The versions lead to the packages. */
export function navOf(pages: readonly Titled[], packages: readonly Package[]): DefaultTheme.NavItem[] {
  const vendors = pages.filter(({ group }) => group === "Vendors");
  const core = packages.find(({ name }) => name === "@vms/core");
  const versions = packages.map(({ name, folder, version }) => ({
    text: `${name} ${version}`,
    link: `/${folder.replace("packages/", "api/")}/`,
  }));
  return [
    { text: "Guides", link: "/guides/" },
    ...pages
      .filter(({ path }) => path === PLAYGROUND)
      .map(({ title, address }) => ({ text: title, link: `/${address}` })),
    { text: "Vendors", items: vendors.map(({ title, address }) => ({ text: title, link: `/${address}` })) },
    { text: "Reference", items: versions.map(({ text, link }) => ({ text: text.replace(/ .*/, ""), link })) },
    { text: core?.version ?? "", items: [...versions, { text: "All releases", link: `${REPOSITORY}/releases` }] },
  ];
}
