// Writes the pictures into docs/pictures. A test compares them.
// Run: pnpm --filter @vms-tooling/site run pictures
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../packages.ts";
import { svgOf } from "./drawing.ts";
import { PICTURES } from "./pictures.ts";

for (const picture of PICTURES) writeFileSync(join(ROOT, `docs/pictures/${picture.name}.svg`), svgOf(picture));
