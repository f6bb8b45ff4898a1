import { defineConfig } from "tsdown";

export default defineConfig({
  entry: ["src/index.ts"],
  format: "esm",
  platform: "neutral",
  target: "es2023",
  dts: true,
  fixedExtension: false,
  // Vendors carry their own small copy of zod, so that nobody installs or loads the whole of it.
  deps: { alwaysBundle: ["zod"] },
  banner: { js: "/*! zod: MIT License, Copyright (c) 2025 Colin McDonnell */" },
});
