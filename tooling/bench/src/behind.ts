import { contenders } from "./contenders.ts";
import { reasons, type Topic } from "./reasons.ts";
import { times } from "./table.ts";

/**
 * Says in which places ours is not ahead of what others offer: worked out from the numbers, so that none is forgotten.
 * @param topic what is compared; the reasons are sorted by it.
 * @param ratio how often as much one of ours takes as another one does.
 * @param tolerance how much more is not counted, as it may be noise.
 */
export function behind(topic: Topic, ratio: (ours: string, other: string) => number, tolerance = 0): string {
  const others = contenders.filter(({ kind }) => kind === "other");
  const lines = Object.entries(reasons[topic]).flatMap(([ours, why]: [string, string]) => {
    const better = others
      .map(({ name }) => ({ name, by: ratio(ours, name) }))
      .filter(({ by }) => by > 1 + tolerance)
      .map(({ name, by }) => `\`${name}\` (${times(by)})`);
    return better.length === 0 ? [] : [`- \`${ours}\` takes more than ${listed(better)}. ${why}`];
  });
  return lines.length === 0 ? "Ours is ahead of all of them." : `Where ours is not ahead:\n\n${lines.join("\n")}`;
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}
