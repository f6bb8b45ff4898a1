import type { ContractTest } from "../src/index.ts";

/** Runs all clauses of a contract concurrently, as a runner would. Returns the failed clauses with their errors. */
export async function collected(
  contract: (test: ContractTest) => void,
): Promise<{ readonly names: string[]; readonly failed: Map<string, string> }> {
  const clauses: { name: string; run: () => Promise<void> | void }[] = [];
  contract((name, run) => clauses.push({ name, run }));
  const failed = new Map<string, string>();
  await Promise.all(
    clauses.map(async ({ name, run }) => {
      try {
        await run();
      } catch (error) {
        failed.set(name, error instanceof Error ? error.message : String(error));
      }
    }),
  );
  return { names: clauses.map(({ name }) => name), failed };
}
