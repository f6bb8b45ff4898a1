// Records `vms` in a terminal for the documentation. A test compares the recording with a new run.
// Run: npm run built && pnpm --filter @vms-tooling/recording run record
import { writeFile } from "node:fs/promises";
import { animatedSvg } from "./animated-svg.ts";
import { RECORDING } from "./recording.ts";
import { transcript } from "./transcript.ts";

await writeFile(RECORDING, animatedSvg(await transcript()));
