import { type Assumption, assumptionsOf, simulatorFile, unreadComments } from "../assumptions/assumptions.ts";
import { rowsOf, sectionsOf } from "../readme.ts";
import type { Rule } from "../rule.ts";

/** What can speak for an assumption. */
const EVIDENCE = ["seen in a client", "seen in clients", "seen in the vendor's sample", "documented in two ways"];

/** How `docs/assumptions.md` can be written from the comments. */
export const assumptions: readonly Rule[] = [
  {
    name: "an assumption is a paragraph of a comment: `An assumption: …` or `An assumption, seen in a client: …`",
    *violations(workspace) {
      for (const { file, comment } of unreadComments(workspace)) {
        yield { file, what: `mentions an assumption, but not as "An assumption: …": ${comment}` };
      }
      for (const { file, evidence } of allOf(assumptionsOf(workspace))) {
        if (evidence !== undefined && !EVIDENCE.includes(evidence)) {
          yield { file, what: `has the evidence "${evidence}". Use one of: ${EVIDENCE.join(", ")}.` };
        }
      }
    },
  },
  {
    name: "an assumption names options that the simulator has",
    *violations(workspace) {
      const files = workspace.packages.find(({ folder }) => folder === "simulator")?.files;
      for (const { folder, assumptions: own } of assumptionsOf(workspace)) {
        const sources = ["core", folder].map((one) => files?.get(simulatorFile(one)) ?? "");
        const known = new Set([...sources.join("\n").matchAll(/^ {2}readonly (\w+)\?:/gm)].map(([, name]) => name));
        for (const { file, simulated } of own) {
          const missing = simulated.filter((name) => !known.has(name));
          if (missing.length > 0) yield { file, what: `names what the simulator lacks: ${missing.join(", ")}.` };
        }
      }
    },
  },
  {
    name: "the simulator's README marks an option with **A** if its docstring has `Assumed`, or if a package's assumption names it",
    *violations(workspace) {
      const simulator = workspace.packages.find(({ folder }) => folder === "simulator");
      const options = sectionsOf(simulator?.files.get("README.md") ?? "").find(({ heading }) => heading === "Options");
      if (simulator === undefined || options === undefined) return;
      const marked = options.text.split("\n").filter((line) => line.includes("**A**"));
      const inReadme = rowsOf({ heading: "", text: marked.join("\n") });
      const all = assumptionsOf(workspace);
      const inSources = new Set(all.flatMap(({ simulated }) => simulated.map(({ option }) => option)));
      const named = new Set(allOf(all).flatMap(({ simulated }) => simulated));
      const file = simulator.at("README.md");
      for (const name of inReadme) {
        if (inSources.has(name) || named.has(name)) continue;
        yield { file, what: `marks \`${name}\`, but nothing else says that it is an assumption.` };
      }
      for (const name of inSources) {
        if (!inReadme.has(name)) yield { file, what: `does not mark \`${name}\`, whose docstring has "Assumed".` };
      }
    },
  },
];

function allOf(all: ReturnType<typeof assumptionsOf>): Assumption[] {
  return all.flatMap((one) => one.assumptions);
}
