const require_bin2 = require("./bin2.cjs");
let node_process = require("node:process");
node_process = require_bin2.__toESM(node_process, 1);
let node_path = require("node:path");
node_path = require_bin2.__toESM(node_path, 1);
let node_os = require("node:os");
node_os = require_bin2.__toESM(node_os, 1);
// ../core/dist/env-paths-CPm2fb7U.js
/*! env-paths and is-safe-filename: MIT License, Copyright (c) Sindre Sorhus <sindresorhus@gmail.com> (https://sindresorhus.com) */
Object.freeze([
	"",
	"   ",
	".",
	"..",
	" .",
	". ",
	" ..",
	".. ",
	"../",
	"../foo",
	"foo/../bar",
	"foo/bar",
	"foo\\bar",
	"foo\0bar"
]);
function isSafeFilename(filename) {
	if (typeof filename !== "string") return false;
	const trimmed = filename.trim();
	return trimmed !== "" && trimmed !== "." && trimmed !== ".." && !filename.includes("/") && !filename.includes("\\") && !filename.includes("\0");
}
function assertSafeFilename(filename) {
	if (typeof filename !== "string") throw new TypeError("Expected a string");
	if (!isSafeFilename(filename)) throw new Error(`Unsafe filename: ${JSON.stringify(filename)}`);
}
const homedir = node_os.default.homedir();
const tmpdir = node_os.default.tmpdir();
const { env } = node_process.default;
const macos = (name) => {
	const library = node_path.default.join(homedir, "Library");
	return {
		data: node_path.default.join(library, "Application Support", name),
		config: node_path.default.join(library, "Preferences", name),
		cache: node_path.default.join(library, "Caches", name),
		log: node_path.default.join(library, "Logs", name),
		temp: node_path.default.join(tmpdir, name)
	};
};
const windows = (name) => {
	const appData = env.APPDATA || node_path.default.join(homedir, "AppData", "Roaming");
	const localAppData = env.LOCALAPPDATA || node_path.default.join(homedir, "AppData", "Local");
	return {
		data: node_path.default.join(localAppData, name, "Data"),
		config: node_path.default.join(appData, name, "Config"),
		cache: node_path.default.join(localAppData, name, "Cache"),
		log: node_path.default.join(localAppData, name, "Log"),
		temp: node_path.default.join(tmpdir, name)
	};
};
const linux = (name) => {
	const username = node_path.default.basename(homedir);
	return {
		data: node_path.default.join(env.XDG_DATA_HOME || node_path.default.join(homedir, ".local", "share"), name),
		config: node_path.default.join(env.XDG_CONFIG_HOME || node_path.default.join(homedir, ".config"), name),
		cache: node_path.default.join(env.XDG_CACHE_HOME || node_path.default.join(homedir, ".cache"), name),
		log: node_path.default.join(env.XDG_STATE_HOME || node_path.default.join(homedir, ".local", "state"), name),
		temp: node_path.default.join(tmpdir, username, name)
	};
};
function envPaths(name, { suffix = "nodejs" } = {}) {
	assertSafeFilename(name);
	if (suffix) name += `-${suffix}`;
	assertSafeFilename(name);
	if (node_process.default.platform === "darwin") return macos(name);
	if (node_process.default.platform === "win32") return windows(name);
	return linux(name);
}
exports.default = envPaths;
