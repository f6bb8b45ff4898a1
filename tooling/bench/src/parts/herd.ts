import { contenders, herdOnly } from "../contenders.ts";
import { type Herd, situations } from "../herd.ts";
import { table } from "../table.ts";

export function herdPart({ callers, rounds, outcomes }: Herd): string {
  const names = Object.keys(situations);
  const head = ["program", ...names.flatMap((name) => [`${name}: logins`, "succeeded"])];
  const rows = [...contenders, ...herdOnly].map(({ name }) => [
    `\`${name}\``,
    ...names.flatMap((situation) => {
      const { logins, succeeded } = outcomes[name]?.[situation] ?? {};
      return [String(logins), String(succeeded)];
    }),
  ]);
  return `## Many callers on a dead session

The vendor ends the session; then ${callers} calls are made at once. How many logins that leads to, and how many of the calls succeed. A
login takes 20 ms. First the vendor answers at once, then over 300 ms; then an account may have one session, and each login ends
the one before. The worst of ${rounds} rounds.

${table(head, rows)}

${herdOnly.map(({ name, how }) => `\`${name}\`: ${how}`).join("\n")}

A client that signs in for each refusal makes as many logins as there are calls. One that lets the refused wait for one login makes
more where a refusal of the old credential arrives when the new one is there already. ${oursIs(callers, outcomes)}`;
}

function oursIs(callers: number, outcomes: Herd["outcomes"]): string {
  const ours = contenders.filter(({ kind }) => kind === "ours");
  const all = ours.flatMap(({ name }) => Object.values(outcomes[name] ?? {}));
  const best = all.every(({ logins, succeeded }) => logins === 1 && succeeded === callers);
  return best
    ? "Ours makes one login in each case, and every call succeeds."
    : "Ours made more than one login, or a call of it failed: that is a fault.";
}
