import { defineConfig } from "tsdown";

const VENDOR = /^@vms\/(?!(?:core|simulator)$)([\w-]+)$/;
const OURS = [VENDOR, /^@vms\/core(\/|$)/, "@vms-tooling/vendors"];
const OTHERS = [
  ...["commander", "env-paths", "is-safe-filename", "ky", "@date-fns/tz", "cli-table3"],
  ...[
    "@colors/colors",
    "cli-progress",
    "string-width",
    "strip-ansi",
    "ansi-regex",
    "emoji-regex",
    "is-fullwidth-code-point",
  ],
];

/** The bundled packages, including indirect ones, and their authors. All are under the MIT License. */
const AUTHORS = {
  commander: "(c) 2011 TJ Holowaychuk",
  "cli-table3": "(c) 2014 James Talmage",
  "@colors/colors": "(c) Marak Squires, Sindre Sorhus",
  "cli-progress": "(c) 2015-2022 Andi Dittrich",
  "emoji-regex": "(c) Mathias Bynens",
  "env-paths, is-safe-filename, ky, string-width, strip-ansi, ansi-regex and is-fullwidth-code-point":
    "(c) Sindre Sorhus",
  "@date-fns/tz": "(c) 2024 Sasha Koss",
  valibot: "(c) Fabian Hiller",
  otpauth: "(c) Héctor Molinero Fernández",
  "@noble/hashes": "(c) 2022 Paul Miller",
};
const NOTICE = `/*! MIT License. ${Object.entries(AUTHORS)
  .map(([name, author]) => `${name}: ${author}`)
  .join("; ")} */`;

export default defineConfig({
  entry: ["src/bin.ts", "src/keyring-process.ts"],
  // An ES module that imports what an old Node lacks would fail before `vms` has checked the version.
  format: "cjs",
  platform: "node",
  target: "es2023",
  dts: false,
  fixedExtension: false,
  deps: { alwaysBundle: [...OURS, ...OTHERS], onlyBundle: OTHERS },
  banner: ({ fileName }) => (/^program/.test(fileName) ? { js: NOTICE } : undefined),
});
