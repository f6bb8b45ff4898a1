#!/usr/bin/env node
import { t as version } from "./version-DN_k8pUb.js";
import { enableCompileCache } from "node:module";
import process from "node:process";
// src/bin.ts
if (process.argv.length === 3 && ["--version", "-V"].includes(process.argv[2] ?? "")) process.stdout.write(`${version}\n`);
else {
	enableCompileCache();
	const { main } = await import("./main-BbAfvHRA.js");
	process.exitCode = await main(process.argv.slice(2));
}
export {};
