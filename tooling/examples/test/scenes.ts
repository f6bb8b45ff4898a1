import type { Program } from "../src/programs.ts";
import { clients } from "./scenes/clients.ts";
import { credentials } from "./scenes/credentials.ts";
import { eagleEyeScene } from "./scenes/eagleeye.ts";
import { findFaceScene } from "./scenes/findface.ts";
import { manyCustomers } from "./scenes/many-customers.ts";
import { operating } from "./scenes/operating.ts";
import { otherTools } from "./scenes/other-tools.ts";
import type { Scene } from "./scenes/scene.ts";
import { secondFactors } from "./scenes/second-factors.ts";
import { sidecar } from "./scenes/sidecar.ts";

export { type Scene, TOTP_SECRET } from "./scenes/scene.ts";

/** What the programs of a page find, if it is more than the simulator and its accounts. */
export const SCENES: ReadonlyMap<string, (program: Program) => Scene | Promise<Scene>> = new Map<
  string,
  (program: Program) => Scene | Promise<Scene>
>([
  ["docs/guides/credentials.md", credentials],
  ["docs/guides/eagleeye.md", eagleEyeScene],
  ["docs/guides/findface.md", findFaceScene],
  ["docs/guides/second-factors.md", secondFactors],
  ["docs/guides/sidecar.md", sidecar],
  ["docs/guides/stores.md", () => ({ env: { VMS_STORE_KEY: "made-up passphrase" } })],
  ["docs/guides/clients.md", clients],
  ["docs/guides/many-customers.md", manyCustomers],
  ["docs/guides/operating.md", operating],
  ["docs/other-tools.md", otherTools],
]);
