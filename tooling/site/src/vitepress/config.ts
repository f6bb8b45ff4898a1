import { defineConfig, type UserConfig } from "vitepress";
import type { DefaultTheme } from "vitepress/theme";
import { REPOSITORY } from "../links.ts";
import type { Content } from "./content.ts";
import { MARKDOWN } from "./markdown.ts";
import { SEARCH } from "./search.ts";

const NAME = "@vms — sessions for video-management systems";

/** The configuration of the site. Nothing that a page shows comes from another machine. */
export function siteConfig({ base, nav, sidebar, version }: Content): UserConfig<DefaultTheme.Config> {
  return defineConfig({
    base,
    lang: "en",
    title: NAME,
    titleTemplate: `:title | ${NAME}`,
    description: "Sign in to video-management and monitoring systems from TypeScript, and stay signed in.",
    head: [["link", { rel: "icon", type: "image/svg+xml", href: `${base}logo.svg` }]],
    markdown: MARKDOWN,
    vite: {
      // Its compiler does not know the target of our tsconfig.json. The playground shows programs with the names of functions.
      esbuild: { tsconfigRaw: "{}", keepNames: true },
      // The largest part is the index of the search, which is loaded when somebody searches.
      build: { chunkSizeWarningLimit: 2500 },
      // The playground's worker imports modules.
      worker: { format: "es" },
    },
    // `links.ts` and typedoc report links without a target, and the tests follow all links.
    ignoreDeadLinks: true,
    themeConfig: {
      siteTitle: "@vms",
      logo: { src: "/logo.svg", alt: "" },
      nav,
      sidebar,
      outline: { level: [2, 3], label: "On this page" },
      search: { provider: "local", options: SEARCH },
      socialLinks: [{ icon: "github", link: REPOSITORY, ariaLabel: "@vms at GitHub" }],
      editLink: {
        pattern: ({ frontmatter }) => frontmatter.source,
        text: "Edit this page at GitHub",
      },
      footer: {
        message: `@vms ${version}, MIT License. Not made by the vendors.`,
        copyright: `<a href="${REPOSITORY}">GitHub</a> · <a href="${REPOSITORY}/issues">Issues</a> · <a href="${base}in-depth/security.html">Security</a>`,
      },
    },
  });
}
