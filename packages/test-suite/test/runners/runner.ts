import type { ContractTest } from "../../src/index.ts";

// The types of bun's module are not installed, so both modules are hidden from the compiler.
const name: string = "Bun" in globalThis ? "bun:test" : "node:test";
const runner: { readonly test: ContractTest } = await import(name);

/** The `test` of the runner that runs this file. */
export const test: ContractTest = runner.test;
