import type { Theme } from "vitepress";
import DefaultTheme from "vitepress/theme";
import "./style.css";

export const theme: Theme = { extends: DefaultTheme };
