#!/usr/bin/env node
Object.defineProperty(exports, Symbol.toStringTag, { value: "Module" });
// \0rolldown/runtime.js
var __create = Object.create;
var __defProp = Object.defineProperty;
var __getOwnPropDesc = Object.getOwnPropertyDescriptor;
var __getOwnPropNames = Object.getOwnPropertyNames;
var __getProtoOf = Object.getPrototypeOf;
var __hasOwnProp = Object.prototype.hasOwnProperty;
var __exportAll = (all, no_symbols) => {
	let target = {};
	for (var name in all) __defProp(target, name, {
		get: all[name],
		enumerable: true
	});
	if (!no_symbols) __defProp(target, Symbol.toStringTag, { value: "Module" });
	return target;
};
var __copyProps = (to, from, except, desc) => {
	if (from && typeof from === "object" || typeof from === "function") for (var keys = __getOwnPropNames(from), i = 0, n = keys.length, key; i < n; i++) {
		key = keys[i];
		if (!__hasOwnProp.call(to, key) && key !== except) __defProp(to, key, {
			get: ((k) => from[k]).bind(null, key),
			enumerable: !(desc = __getOwnPropDesc(from, key)) || desc.enumerable
		});
	}
	return to;
};
var __toESM = (mod, isNodeMode, target) => (target = mod != null ? __create(__getProtoOf(mod)) : {}, __copyProps(isNodeMode || !mod || !mod.__esModule || !__hasOwnProp.call(mod, "default") ? __defProp(target, "default", {
	value: mod,
	enumerable: true
}) : target, mod));
let node_module = require("node:module");
let node_process = require("node:process");
node_process = __toESM(node_process, 1);
// src/version.ts
/** The version of this package. */
const version = "0.0.0";
// src/bin2.ts
if (node_process.default.argv.length === 3 && ["--version", "-V"].includes(node_process.default.argv[2] ?? "")) node_process.default.stdout.write(`${version}\n`);
else {
	(0, node_module.enableCompileCache)();
	Promise.resolve().then(() => require("./main-B2kkohLW.cjs")).then(({ main }) => main(node_process.default.argv.slice(2))).then((x) => {
		node_process.default.exitCode = x;
	});
}
exports.__exportAll = __exportAll;
exports.__toESM = __toESM;
exports.version = version;
