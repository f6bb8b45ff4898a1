import { defineConfig } from "tsdown";

export default defineConfig({
  entry: ["src/index.ts", "src/node.ts", "src/bin.ts"],
  format: "esm",
  platform: "node",
  target: "es2023",
  dts: true,
  fixedExtension: false,
});
