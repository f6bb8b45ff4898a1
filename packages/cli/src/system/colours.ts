import { WriteStream } from "node:tty";
import { styleText } from "node:util";
import type { Environment, Output } from "./system.ts";

/** Whether text on a stream is coloured: on a terminal with colours, unless `NO_COLOR` or `FORCE_COLOR` says otherwise. */
export function hasColours(stream: Output, env: Environment): boolean {
  if (env.FORCE_COLOR === undefined && stream.isTTY !== true) return false;
  // Node's own rules, which it applies only to the environment of the process.
  return WriteStream.prototype.getColorDepth.call(stream, env) > 2;
}

/** Styles a text if the stream is coloured. */
export function styled(
  format: "bold" | "dim" | "red" | "green" | "yellow" | "cyan",
  text: string,
  stream: Output,
  env: Environment,
): string {
  return hasColours(stream, env) ? styleText(format, text, { validateStream: false }) : text;
}
