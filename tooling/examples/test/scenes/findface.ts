import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { folderOf } from "../../src/pages.ts";
import type { Program } from "../../src/programs.ts";
import type { Scene } from "./scene.ts";

const VIDEO = "operator.mp4";
const account = { username: "operator", password: "made-up", face: "the operator's face" };
const MODES = { "by-face.ts": "face", "by-both.ts": "face_and_password" } as const;

/** An installation that requires a face, and the video of that face in the working directory. */
export function findFaceScene({ file, page, code }: Program): Scene {
  if (code.includes(VIDEO)) {
    writeFileSync(join(import.meta.dirname, "../../.report/programs", folderOf(page), VIDEO), account.face);
  }
  const mode = MODES[file as keyof typeof MODES];
  return mode === undefined ? {} : { vendors: { findface: { account, mode } } };
}
