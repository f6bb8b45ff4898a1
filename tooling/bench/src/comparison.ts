import { contenders } from "./contenders.ts";
import { times } from "./markdown.ts";

/** The ways to use a session. */
type Ours =
  | "session.fetch"
  | "session.http"
  | "sessionInterceptor"
  | "session.fetch on nodeFetch"
  | "session.http on nodeFetch";

/** Why one of ours needs more than another program: one sentence without numbers, because numbers change. */
export type Reasons = Readonly<Record<Ours, string>>;

/**
 * Lists where ours takes more than another program. It is computed from the numbers, so nothing is left out.
 * @param reasons shown only if the numbers require it.
 * @param ratio what one of ours takes, divided by what the other program takes.
 * @param tolerance a difference up to this is treated as noise.
 */
export function comparison(reasons: Reasons, ratio: (ours: string, other: string) => number, tolerance = 0): string {
  const others = contenders.filter(({ kind }) => kind === "other");
  const lines = Object.entries(reasons).flatMap(([ours, why]: [string, string]) => {
    const better = others
      .map(({ name }) => ({ name, by: ratio(ours, name) }))
      .filter(({ by }) => by > 1 + tolerance)
      .map(({ name, by }) => `\`${name}\` (${times(by)})`);
    return better.length === 0 ? [] : [`- \`${ours}\` takes more than ${joined(better)}. ${why}`];
  });
  return lines.length === 0
    ? "Ours is ahead of all of them."
    : `Ours is not ahead in these cases:\n\n${lines.join("\n")}`;
}

function joined(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}
