import { type Theme, withBase } from "vitepress";
import DefaultTheme from "vitepress/theme";
import { defineAsyncComponent, h } from "vue";
import "./style.css";
import "@vms-tooling/playground/style.css";

// Only the page with the playground loads it.
const Playground = defineAsyncComponent(async () => (await import("@vms-tooling/playground/page")).VmsPlayground);

export const theme: Theme = {
  extends: DefaultTheme,
  enhanceApp({ app }) {
    app.component("VmsPlayground", () => h(Playground, { guide: withBase("/guides/guarantees.html") }));
  },
};
