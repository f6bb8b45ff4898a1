import type { Program } from "../src/programs.ts";
import { clients } from "./scenes/clients.ts";
import { manyCustomers } from "./scenes/many-customers.ts";
import { operating } from "./scenes/operating.ts";
import { otherTools } from "./scenes/other-tools.ts";
import type { Scene } from "./scenes/scene.ts";

export { type Scene, TOTP_SECRET } from "./scenes/scene.ts";

/** What the programs of a page find, if it is more than the simulator and its accounts. */
export const SCENES: ReadonlyMap<string, (program: Program) => Scene | Promise<Scene>> = new Map<
  string,
  (program: Program) => Scene | Promise<Scene>
>([
  ["docs/guides/clients.md", clients],
  ["docs/guides/many-customers.md", manyCustomers],
  ["docs/guides/operating.md", operating],
  ["docs/other-tools.md", otherTools],
]);
