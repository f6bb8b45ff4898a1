import { defineConfig } from "tsdown";

const BUNDLED = ["env-paths", "is-safe-filename"];
const NOTICE =
  "/*! env-paths and is-safe-filename: MIT License, Copyright (c) Sindre Sorhus <sindresorhus@gmail.com> (https://sindresorhus.com) */";

export default defineConfig({
  entry: ["src/index.ts", "src/node.ts"],
  format: "esm",
  platform: "neutral",
  target: "es2023",
  dts: true,
  fixedExtension: false,
  // Small enough to come along, so that nobody has it as a dependency of a dependency.
  deps: { alwaysBundle: BUNDLED, onlyBundle: BUNDLED, neverBundle: [/^node:/] },
  banner: ({ fileName }) => (fileName.startsWith("env-paths-") ? { js: NOTICE } : undefined),
});
