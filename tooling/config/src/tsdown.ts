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

/** The build of a vendor package. It bundles the part of zod that it uses, so that nobody installs or loads all of zod. */
export function vendorBuild(): UserConfig {
  return libraryBuild({
    deps: { alwaysBundle: ["zod"] },
    banner: { js: "/*! zod: MIT License, Copyright (c) 2025 Colin McDonnell */" },
  });
}
