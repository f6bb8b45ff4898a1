import { builtinModules } from "node:module";
import { join } from "node:path";
import { defineConfig } from "tsdown";

const OURS = /^@vms\/(core|alta|findface|alertsite|eagleeye|admin-token)(\/|$)/;
const OTHERS = [
  ...["commander", "env-paths", "is-safe-filename", "set-cookie-parser", "@date-fns/tz", "cli-table3", "cli-progress"],
  ...["string-width", "strip-ansi", "ansi-regex", "emoji-regex", "is-fullwidth-code-point"],
];

/** The bundled packages, including indirect ones, and their authors. All are under the MIT License. */
const AUTHORS = {
  commander: "(c) 2011 TJ Holowaychuk",
  "cli-table3": "(c) 2014 James Talmage",
  "cli-progress": "(c) 2015-2022 Andi Dittrich",
  "emoji-regex": "(c) Mathias Bynens",
  "env-paths, is-safe-filename, string-width, strip-ansi, ansi-regex and is-fullwidth-code-point": "(c) Sindre Sorhus",
  "set-cookie-parser": "(c) 2015 Nathan Friedly",
  "@date-fns/tz": "(c) 2024 Sasha Koss",
  zod: "(c) 2025 Colin McDonnell",
  otpauth: "(c) Héctor Molinero Fernández",
  "@noble/hashes": "(c) 2022 Paul Miller",
};
const NOTICE = `/*! MIT License. ${Object.entries(AUTHORS)
  .map(([name, author]) => `${name}: ${author}`)
  .join("; ")} */`;

/**
 * The files loaded by an API call. Each has a source file, and everything it imports that is not in the file before.
 */
const FILES = [
  { name: "bin", test: /\/src\/bin\.ts$/, priority: 2 },
  { name: "api", test: /\/src\/commands\/api\/run-api\.ts$|\/set-cookie-parser\//, priority: 1 },
];

// `vms` needs only its own files. They are few and CommonJS, because Node loads those faster; `bench/startup.ts` has
// the figures.
export default defineConfig({
  entry: ["src/bin.ts"],
  format: "cjs",
  platform: "node",
  target: "es2023",
  dts: false,
  fixedExtension: false,
  deps: { alwaysBundle: [OURS, ...OTHERS], onlyBundle: OTHERS },
  inputOptions: {
    // Properties of Node's modules are read only where used.
    treeshake: { propertyReadSideEffects: false },
    // Node's own takes longer to load than the used part of it.
    transform: { inject: { crypto: [join(import.meta.dirname, "src/web-apis/web-crypto.ts"), "webCrypto"] } },
  },
  plugins: [builtins(), absent()],
  outputOptions: { codeSplitting: { groups: FILES } },
  // Halves the size. Names are kept, so that stacks are readable.
  minify: { compress: false, mangle: false, codegen: { removeWhitespace: true } },
  banner: ({ fileName }) => (/^program/.test(fileName) ? { js: NOTICE } : undefined),
});

/** Modules whose functions are rarely called. Each is loaded by its first call. */
const LATE = ["child_process", "fs/promises", "timers/promises", "zlib"];

/**
 * Uses Node's modules directly. The default wrappers read every property, and some properties load more: `node:http`
 * would load all of `fetch`.
 */
function builtins() {
  const PREFIX = "\0builtin:";
  return {
    name: "builtins",
    resolveId(id: string, _importer: string | undefined, { kind }: { readonly kind?: string }) {
      // `require` already returns the module directly.
      if (kind === "require-call") return undefined;
      const name = id.replace(/^node:/, "");
      return builtinModules.includes(name) ? { id: PREFIX + name, moduleSideEffects: false } : undefined;
    },
    load(id: string) {
      if (!id.startsWith(PREFIX)) return undefined;
      const name = id.slice(PREFIX.length);
      const source = name === "process" ? "globalThis.process" : `globalThis.process.getBuiltinModule("node:${name}")`;
      const module = Object.entries(process.getBuiltinModule(`node:${name}`) ?? {});
      const late = LATE.includes(name);
      const members = module
        .filter(([key, value]) => (late ? typeof value === "function" : key !== "default") && /^[A-Za-z]\w*$/.test(key))
        .map(([key]) => key);
      const locals = members.map((key) =>
        late ? `const _${key} = (...args) => ${source}.${key}(...args);` : `const _${key} = builtin.${key};`,
      );
      const names = members.map((key) => `_${key} as ${key}`);
      const whole = late ? `/* @__PURE__ */ new Proxy({}, { get: (_, key) => ${source}[key] })` : source;
      return `const builtin = ${whole};\nexport default builtin;\n${locals.join("\n")}\nexport { ${names.join(", ")} };`;
    },
  };
}

/**
 * Replacements of imported modules that are never used. `vms` uses only `fetch` of sessions, and ky loads all of Node's
 * `fetch` to test its features. Tables get their colours from Node.
 */
const ABSENT: Readonly<Record<string, string>> = {
  ky: 'export default { create() { throw new Error("vms is built without ky"); } };',
  "@colors/colors/safe": "",
};

function absent() {
  const PREFIX = "\0absent:";
  return {
    name: "absent",
    resolveId: (id: string) => (Object.hasOwn(ABSENT, id) ? PREFIX + id : undefined),
    load: (id: string) => (id.startsWith(PREFIX) ? ABSENT[id.slice(PREFIX.length)] : undefined),
  };
}
