import type { House } from "./house.ts";
import type { Breach, Rule } from "./rule.ts";
import { arrows } from "./rules/arrows.ts";
import { faces } from "./rules/faces.ts";
import { manifests } from "./rules/manifests.ts";
import { readmes } from "./rules/readmes.ts";
import { releases } from "./rules/releases.ts";
import { rooms } from "./rules/rooms.ts";
import { sources } from "./rules/sources.ts";
import { zod } from "./rules/zod.ts";

/** Everything that holds for the whole house. */
export const rules: readonly Rule[] = [
  ...rooms,
  ...faces,
  ...manifests,
  ...readmes,
  ...arrows,
  ...zod,
  ...sources,
  ...releases,
];

/** The places where a rule is broken, as lines. */
export function linesOf(rule: Rule, house: House): string[] {
  return [...rule.breaches(house)].map(({ file, what }: Breach) => `${file} ${what}`);
}
