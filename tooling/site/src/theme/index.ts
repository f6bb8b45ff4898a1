import type { Theme } from "vitepress";
import DefaultTheme from "vitepress/theme";
import { defineAsyncComponent } from "vue";
import "./style.css";
import "@vms-tooling/playground/style.css";

export const theme: Theme = {
  extends: DefaultTheme,
  enhanceApp({ app }) {
    // Only the page with the playground loads it.
    app.component(
      "VmsPlayground",
      defineAsyncComponent(async () => (await import("@vms-tooling/playground/page")).VmsPlayground),
    );
  },
};
