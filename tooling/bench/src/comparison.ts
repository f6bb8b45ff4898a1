import { contenders } from "./contenders.ts";
import { times } from "./markdown.ts";

/** The ways to use a session. */
type Ours =
  | "session.fetch"
  | "session.http"
  | "sessionInterceptor"
  | "session.fetch on nodeFetch"
  | "session.http on nodeFetch";

/** Why a session needs more than another program: a sentence without numbers, because numbers change. */
export type Reasons = Readonly<Record<Ours, string>>;

/**
 * Lists every case in which a session needs more than another program.
 * @param reasons the explanations of such cases.
 * @param ratio what a session needs, divided by what the other program needs.
 * @param tolerance a difference up to this counts as noise.
 */
export function comparison(reasons: Reasons, ratio: (ours: string, other: string) => number, tolerance = 0): string {
  const others = contenders.filter(({ kind }) => kind === "other");
  const lines = Object.entries(reasons).flatMap(([ours, why]: [string, string]) => {
    const better = others
      .map(({ name }) => ({ name, by: ratio(ours, name) }))
      .filter(({ by }) => by > 1 + tolerance)
      .map(({ name, by }) => `\`${name}\` (${times(by)})`);
    return better.length === 0 ? [] : [`- \`${ours}\` needs more than ${joined(better)}. ${why}`];
  });
  return lines.length === 0
    ? "No other program needs less than a session."
    : `A session needs more than another program in these cases:\n\n${lines.join("\n")}`;
}

function joined(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}
