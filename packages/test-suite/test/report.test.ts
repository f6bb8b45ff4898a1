import { describe, expect, test } from "vitest";
import { type FlowContractOptions, flowContract } from "../src/index.ts";
import { acme, acmeServer, acmeStated } from "./acme.ts";
import { reference, stated } from "./reference/flow.ts";
import { referenceServer } from "./reference/server.ts";

/** Returns the lines that the last clause prints, and its error. */
async function reportOf(options: FlowContractOptions): Promise<{ readonly lines: string[]; readonly error: unknown }> {
  const lines: string[] = [];
  const clauses: (() => Promise<void> | void)[] = [];
  const print = (line: string) => void lines.push(line);
  flowContract((_, run) => clauses.push(run), acme(), acmeServer, { ...options, print });
  try {
    await clauses.at(-1)?.();
    return { lines, error: undefined };
  } catch (error) {
    return { lines, error };
  }
}

describe("the report on clauses that were not tested", () => {
  test("has a line for each reason, with its clauses and the option", async () => {
    const { lines, error } = await reportOf(acmeStated);
    expect(error).toBeUndefined();
    const extension = lines.filter((line) => line.includes("(extends)"));
    expect(extension).toHaveLength(1);
    expect(extension[0]).toContain('not tested: "a session that is extended still works');
    expect(extension[0]).toContain(', "an extension uses the current credential", "');
    expect(extension[0]).toMatch(/" \(extends\): the flow has no `extend`\.$/);
    expect(lines).toContain(
      'not tested: "each of the server\'s calls works with one login, even as the first call" (calls): there is one call',
    );
    expect(lines.filter((line) => line.includes("(signsOut)"))).toEqual([]);
    const { lines: more } = await reportOf({ ...acmeStated, signsOut: false });
    expect(more.filter((line) => line.endsWith("(signsOut): the vendor has no sign-out."))).toHaveLength(1);
  });

  test("says that the server documents no end of extensions only if it grants them", async () => {
    const ends = (lines: readonly string[]) => lines.filter((line) => line.includes("`lifetime.extendableFor`"));
    const { lines: none } = await reportOf(acmeStated);
    expect(ends(none)).toHaveLength(1);
    expect(ends(none)[0]).toMatch(/\(lifetime\): the server grants no `lifetime\.extendableFor`\.$/);
    const { lines: endless } = await reportOf({ ...acmeStated, lifetime: { extendableFor: Number.POSITIVE_INFINITY } });
    expect(ends(endless)).toEqual([
      'not tested: "when a session can no longer be extended, the next call signs in once" ' +
        "(lifetime): the server states no end of `lifetime.extendableFor`.",
    ]);
  });

  test("fails if a reason is missing, and names the options", async () => {
    const { lines, error } = await reportOf({ calls: ["zones"] });
    expect(String(error)).toContain("the options have no `post`, `forbiddenCall`.");
    expect(lines.filter((line) => line.endsWith("no reason is given."))).toHaveLength(2);
  });

  test("fails if a reason is given for a clause that is tested, or for no clause", async () => {
    const asked = await reportOf({ ...acmeStated, calls: ["zones"] });
    expect(String(asked.error)).toContain(
      "`cannot.calls` gives a reason for clauses that are tested, or for no clause.",
    );
    const cannot: Record<string, string> = { ...acmeStated.cannot, cals: "misspelt" };
    const unknown = await reportOf({ ...acmeStated, cannot });
    expect(String(unknown.error)).toContain("`cannot.cals`");
  });
});

/** Returns the lines that the clause on the cookies of a login prints. */
async function cookieLines(
  ...contract: Parameters<typeof flowContract> extends [unknown, ...infer Rest] ? Rest : never
) {
  const lines: string[] = [];
  const [makeSession, server, options] = contract;
  const runs: (() => Promise<void> | void)[] = [];
  const add = (name: string, run: () => Promise<void> | void) => void (name.includes("its cookies,") && runs.push(run));
  flowContract(add, makeSession, server, { ...options, print: (line) => void lines.push(line) });
  expect(runs).toHaveLength(1);
  for (const run of runs) await run();
  return lines;
}

test("the clause on the cookies of a login reports that it was not tested if the server sets none", async () => {
  const [line, ...more] = await cookieLines(acme(), acmeServer, acmeStated);
  expect(line).toMatch(
    /^not tested: "a login answered as usual, .*" \(server\): the answers to a login have no `Set-Cookie`\.$/,
  );
  expect(more).toEqual([]);
  expect(await cookieLines(reference("cookie"), () => referenceServer("cookie"), stated("cookie"))).toEqual([]);
});
