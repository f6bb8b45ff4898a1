import manifest from "../package.json" with { type: "json" };

// Runs first and uses only old syntax, because other files call what an old Node lacks.
const [, major = 0, minor = 0, patch = 0] = (/(\d+)\.(\d+)\.(\d+)/.exec(manifest.engines.node) || []).map(Number);
const [ownMajor = 0, ownMinor = 0, ownPatch = 0] = globalThis.process.versions.node.split(".").map(Number);
const newer = ownMajor - major || ownMinor - minor || ownPatch - patch;
if (newer < 0) {
  globalThis.process.stderr.write(
    `vms: Node ${globalThis.process.versions.node} is too old: vms needs ${manifest.engines.node}.\nInstall Node 24: https://nodejs.org\n`,
  );
  globalThis.process.exit(1);
}
