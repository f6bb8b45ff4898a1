import { builtinModules } from "node:module";
import { defineConfig } from "tsdown";

const BUNDLED = [
  /^@vms\/(core|alta|findface|alertsite|eagleeye|admin-token)(\/|$)/,
  "commander",
  "env-paths",
  "is-safe-filename",
  "set-cookie-parser",
  "@date-fns/tz",
];

const NOTICE =
  "/*! commander: MIT License, Copyright (c) 2011 TJ Holowaychuk; env-paths and is-safe-filename: MIT License, " +
  "Copyright (c) Sindre Sorhus; set-cookie-parser: MIT License, Copyright (c) Nathan Friedly; @date-fns/tz: MIT License, Copyright (c) " +
  "2024 Sasha Koss; zod: MIT License, " +
  "Copyright (c) Colin McDonnell; otpauth: MIT License, Copyright (c) Héctor Molinero Fernández; @noble/hashes: " +
  "MIT License, Copyright (c) 2022 Paul Miller */";

// Everything that `vms` starts with is in its own files, so that it starts fast: fewer files are looked up and read.
// They are CommonJS, because Node loads that sooner; `bench/startup.ts` has the figures.
export default defineConfig({
  entry: ["src/bin.ts"],
  format: "cjs",
  platform: "node",
  target: "es2023",
  dts: false,
  fixedExtension: false,
  deps: { alwaysBundle: BUNDLED, onlyBundle: BUNDLED },
  // A property of Node's own modules is read where it is used, and not before.
  inputOptions: { treeshake: { propertyReadSideEffects: false } },
  plugins: [builtins(), withoutKy()],
  banner: ({ fileName }) => (/^program/.test(fileName) ? { js: NOTICE } : undefined),
});

/**
 * Takes Node's own modules as they are. The wrappers that an import of them gets read every property, of which some load
 * more: `node:http` would load the whole of `fetch`.
 */
function builtins() {
  const PREFIX = "\0builtin:";
  return {
    name: "builtins",
    resolveId(id: string) {
      const name = id.replace(/^node:/, "");
      return builtinModules.includes(name) ? { id: PREFIX + name, moduleSideEffects: false } : undefined;
    },
    load(id: string) {
      if (!id.startsWith(PREFIX)) return undefined;
      const name = id.slice(PREFIX.length);
      const source = name === "process" ? "globalThis.process" : `globalThis.process.getBuiltinModule("node:${name}")`;
      const members = Object.keys(process.getBuiltinModule(`node:${name}`) ?? {}).filter(
        (key) => /^[A-Za-z]\w*$/.test(key) && key !== "default",
      );
      const locals = members.map((key) => `const _${key} = builtin.${key};`);
      const names = members.map((key) => `_${key} as ${key}`);
      return `const builtin = ${source};\nexport default builtin;\n${locals.join("\n")}\nexport { ${names.join(", ")} };`;
    },
  };
}

/** `vms` uses sessions by their `fetch` only, and ky loads the whole of Node's `fetch` to look at what it can do. */
function withoutKy() {
  const ID = "\0no-ky";
  return {
    name: "without-ky",
    resolveId: (id: string) => (id === "ky" ? ID : undefined),
    load: (id: string) =>
      id === ID ? 'export default { create() { throw new Error("vms is built without ky"); } };' : undefined,
  };
}
