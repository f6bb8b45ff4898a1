import { builtinModules } from "node:module";
import { join } from "node:path";
import { defineConfig } from "tsdown";

const OURS = /^@vms\/(core|alta|findface|alertsite|eagleeye|admin-token)(\/|$)/;
const OTHERS = [
  ...["commander", "env-paths", "is-safe-filename", "set-cookie-parser", "@date-fns/tz", "cli-table3", "cli-progress"],
  ...["string-width", "strip-ansi", "ansi-regex", "emoji-regex", "is-fullwidth-code-point"],
];

/** What is bundled, also by way of our packages, and by whom it is. All of it is under the MIT License. */
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

/** The files that a call starts with: a source of each, with all that it imports and that is not in the file before. */
const FILES = [
  { name: "bin", test: /\/src\/bin\.ts$/, priority: 2 },
  { name: "api", test: /\/src\/commands\/api\/run-api\.ts$|\/set-cookie-parser\//, priority: 1 },
];

// All that `vms` needs is in its own files, and those are few, so that it starts fast: fewer are looked up and read.
// They are CommonJS, because Node loads that sooner; `bench/startup.ts` has the figures.
export default defineConfig({
  entry: ["src/bin.ts"],
  format: "cjs",
  platform: "node",
  target: "es2023",
  dts: false,
  fixedExtension: false,
  deps: { alwaysBundle: [OURS, ...OTHERS], onlyBundle: OTHERS },
  inputOptions: {
    // A property of Node's own modules is read where it is used, and not before.
    treeshake: { propertyReadSideEffects: false },
    // Node's own takes longer to load than what is used of it.
    transform: { inject: { crypto: [join(import.meta.dirname, "src/web-apis/web-crypto.ts"), "webCrypto"] } },
  },
  plugins: [builtins(), absent()],
  outputOptions: { codeSplitting: { groups: FILES } },
  // Half as much to read. Names stay, so that a stack can be read.
  minify: { compress: false, mangle: false, codegen: { removeWhitespace: true } },
  banner: ({ fileName }) => (/^program/.test(fileName) ? { js: NOTICE } : undefined),
});

/** Modules of functions that are called now and then: each is loaded by the first call. */
const LATE = ["child_process", "fs/promises", "timers/promises", "zlib"];

/**
 * Takes Node's own modules as they are. The wrappers that an import of them gets read every property, of which some load
 * more: `node:http` would load the whole of `fetch`.
 */
function builtins() {
  const PREFIX = "\0builtin:";
  return {
    name: "builtins",
    resolveId(id: string, _importer: string | undefined, { kind }: { readonly kind?: string }) {
      // Who requires a module takes it as it is anyway.
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
 * What is imported and never used, and what is there instead: `vms` uses sessions by their `fetch` only, and ky loads the
 * whole of Node's `fetch` to look at what it can do; and its tables have their colours from Node.
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
