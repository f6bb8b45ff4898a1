import { libraryBuild } from "@vms-tooling/config/tsdown";

const BUNDLED = ["env-paths", "is-network-error", "is-safe-filename", "leven", "otpauth", "@noble/hashes"];
const NOTICES: Readonly<Record<string, string>> = {
  "env-paths-":
    "/*! env-paths and is-safe-filename: MIT License, Copyright (c) Sindre Sorhus <sindresorhus@gmail.com> (https://sindresorhus.com) */",
  "flow.js":
    "/*! leven: MIT License, Copyright (c) Sindre Sorhus <sindresorhus@gmail.com> (https://sindresorhus.com) */",
  "shared-":
    "/*! is-network-error: MIT License, Copyright (c) Sindre Sorhus <sindresorhus@gmail.com> (https://sindresorhus.com) */",
  "totp.js":
    "/*! otpauth: MIT License, Copyright (c) Héctor Molinero Fernández; @noble/hashes: MIT License, Copyright (c) 2022 Paul Miller (https://paulmillr.com) */",
};

/** The modules of the core without those for Node alone, and without the declarations, which are built in the same run. */
const isShareable = (id: string) => !/[\\/]src[\\/]node[\\/]|\.d\.[cm]?ts$|env-paths|is-safe-filename/.test(id);

export default libraryBuild({
  entry: ["src/index.ts", "src/flow.ts", "src/node.ts", "src/totp.ts", "src/internal.ts", "src/internal-node.ts"],
  // These are small, so they are bundled instead of installed.
  deps: { alwaysBundle: BUNDLED, onlyBundle: BUNDLED, neverBundle: [/^node:/] },
  // What several entries need is in one file, because a new process loads it faster than a dozen small ones.
  outputOptions: { codeSplitting: { groups: [{ name: "shared", test: isShareable, minShareCount: 2 }] } },
  banner: ({ fileName }) => {
    const js = Object.entries(NOTICES).find(([name]) => fileName.startsWith(name))?.[1];
    return js === undefined ? undefined : { js };
  },
});
