import type { UserConfig } from "tsdown";

/** The build of a published library: ES modules with types. Options replace the defaults. */
export function libraryBuild(options: UserConfig = {}): UserConfig {
  return {
    entry: ["src/index.ts"],
    format: "esm",
    platform: "neutral",
    target: "es2023",
    dts: true,
    fixedExtension: false,
    ...options,
  };
}

/** The build of a vendor package, which bundles the 1 to 2 KB of valibot that it uses. */
export function vendorBuild(): UserConfig {
  return libraryBuild({
    deps: { alwaysBundle: ["valibot"] },
    banner: { js: "/*! valibot: MIT License, Copyright (c) Fabian Hiller */" },
  });
}
