import type { VendorAssumptions } from "./assumptions.ts";

const START = `# Assumptions

No vendor documents everything. This page lists what the packages assume, and the options that change it.
\`pnpm --filter @vms-tooling/conventions run write\` generates it from the comments in the source code.

- *Evidence*: why the assumption is likely. "none" means a cautious guess.
- *Option*: the session option that changes the assumption. "–" means that no need for one is known.
- *Simulator*: the options of \`@vms/simulator\` that make its server behave differently, so that you can test both.
`;

/** Renders `docs/assumptions.md`. */
export function renderAssumptions(all: readonly VendorAssumptions[]): string {
  return `${[START, ...all.map(renderVendor)].join("\n")}`;
}

function renderVendor({ folder, title, assumptions, simulated }: VendorAssumptions): string {
  const rows = assumptions.map(({ text, evidence = "none", option, simulated: switches }) =>
    row([capitalized(text), evidence, option === undefined ? "–" : code(option), switches.map(code).join(", ") || "–"]),
  );
  const known = new Set(assumptions.flatMap((one) => one.simulated));
  const others = simulated.filter(({ option }) => !known.has(option));
  const parts = [
    `## ${title}\n`,
    `[\`@vms/${folder}\`](../packages/${folder}/README.md) assumes:\n`,
    table(["assumption", "evidence", "option", "simulator"], rows),
  ];
  if (others.length > 0) {
    const more = others.map(({ option, text }) => row([code(option), text]));
    parts.push(
      "\nThe simulator also makes assumptions that no package depends on:\n",
      table(["option", "meaning"], more),
    );
  }
  return `${parts.join("\n")}\n`;
}

function table(heads: readonly string[], rows: readonly string[]): string {
  return [row(heads), row(heads.map(() => "---")), ...rows].join("\n");
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
}

function code(name: string): string {
  return `\`${name}\``;
}
