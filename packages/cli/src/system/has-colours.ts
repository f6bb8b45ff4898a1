import { WriteStream } from "node:tty";
import type { Environment, Output } from "./system.ts";

/** Whether text on a stream is coloured: it is a terminal with colours, unless `NO_COLOR` or `FORCE_COLOR` says otherwise. */
export function hasColours(stream: Output, env: Environment): boolean {
  if (env.FORCE_COLOR === undefined && stream.isTTY !== true) return false;
  // Node's own rules, for any stream.
  return WriteStream.prototype.getColorDepth.call(stream, env) > 2;
}
