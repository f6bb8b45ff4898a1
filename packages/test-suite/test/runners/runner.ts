import type { ContractTest } from "../../src/index.ts";

// The types of bun's own module are not there, so neither is named to the compiler.
const name: string = "Bun" in globalThis ? "bun:test" : "node:test";
const runner: { readonly test: ContractTest } = await import(name);

/** The `test` of the runner of this file. */
export const test: ContractTest = runner.test;
