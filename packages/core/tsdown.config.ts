import { libraryBuild } from "@vms-tooling/config/tsdown";

const BUNDLED = ["env-paths", "is-network-error", "is-safe-filename", "leven", "otpauth", "@noble/hashes"];
const NOTICES: Readonly<Record<string, string>> = {
  "env-paths-":
    "/*! env-paths and is-safe-filename: MIT License, Copyright (c) Sindre Sorhus <sindresorhus@gmail.com> (https://sindresorhus.com) */",
  "flow.js":
    "/*! leven: MIT License, Copyright (c) Sindre Sorhus <sindresorhus@gmail.com> (https://sindresorhus.com) */",
  "network-error-":
    "/*! is-network-error: MIT License, Copyright (c) Sindre Sorhus <sindresorhus@gmail.com> (https://sindresorhus.com) */",
  "totp.js":
    "/*! otpauth: MIT License, Copyright (c) Héctor Molinero Fernández; @noble/hashes: MIT License, Copyright (c) 2022 Paul Miller (https://paulmillr.com) */",
};

export default libraryBuild({
  entry: ["src/index.ts", "src/flow.ts", "src/node.ts", "src/totp.ts", "src/internal.ts", "src/internal-node.ts"],
  // These are small, so they are bundled instead of installed.
  deps: { alwaysBundle: BUNDLED, onlyBundle: BUNDLED, neverBundle: [/^node:/] },
  banner: ({ fileName }) => {
    const js = Object.entries(NOTICES).find(([name]) => fileName.startsWith(name))?.[1];
    return js === undefined ? undefined : { js };
  },
});
