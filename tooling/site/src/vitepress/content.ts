import type { DefaultTheme } from "vitepress";

/** What the configuration of VitePress is made of. It is handed over as JSON. */
export interface Content {
  /** The path of the site on its host. */
  readonly base: string;
  readonly nav: DefaultTheme.NavItem[];
  readonly sidebar: DefaultTheme.SidebarMulti;
  /** The version of the core. */
  readonly version: string;
}
