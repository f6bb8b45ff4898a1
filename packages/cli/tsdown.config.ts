import { defineConfig, type UserConfig } from "tsdown";

const VENDOR = /^@vms\/(?!(?:core|simulator)$)([\w-]+)$/;
const OURS = [VENDOR, /^@vms\/core(\/|$)/, "@vms-tooling/vendors"];
const OTHERS = [
  ...["commander", "env-paths", "is-safe-filename", "ky", "leven", "@date-fns/tz"],
  ...["string-width", "get-east-asian-width", "strip-ansi", "ansi-regex"],
];

/** The bundled packages, including indirect ones, and their authors. All are under the MIT License. */
const AUTHORS = {
  commander: "(c) 2011 TJ Holowaychuk",
  "env-paths, is-safe-filename, ky, leven, string-width, get-east-asian-width, strip-ansi and ansi-regex":
    "(c) Sindre Sorhus",
  "@date-fns/tz": "(c) 2024 Sasha Koss",
  valibot: "(c) Fabian Hiller",
  otpauth: "(c) Héctor Molinero Fernández",
  "@noble/hashes": "(c) 2022 Paul Miller",
};
const NOTICE = `/*! MIT License. ${Object.entries(AUTHORS)
  .map(([name, author]) => `${name}: ${author}`)
  .join("; ")} */`;

const config: UserConfig = {
  // An ES module that imports what an old Node lacks would fail before `vms` has checked the version.
  format: "cjs",
  platform: "node",
  target: "es2023",
  dts: false,
  fixedExtension: false,
  deps: { alwaysBundle: [...OURS, ...OTHERS], onlyBundle: OTHERS },
  banner: ({ fileName }) => (/^program/.test(fileName) ? { js: NOTICE } : undefined),
};

// Apart, so that `vms` does not load a file that both share.
export default defineConfig([
  { ...config, entry: ["src/bin.ts"] },
  { ...config, entry: ["src/keyring-process.ts"], clean: false, deps: {} },
]);
