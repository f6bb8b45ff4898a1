import { Transform } from "node:stream";
import { escapeControlsInJson } from "../../command-line/escape-controls.ts";

/** How much is laid out, in bytes. What is larger is not read by eye, and is passed on as it came. */
const LIMIT = 64 * 1024 * 1024;

/** Lays out JSON for reading; what is not JSON passes as it came. Numbers keep their digits, however long they are. */
export function formatJson(): Transform {
  let held: Buffer[] | undefined = [];
  let size = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      if (held === undefined) return done(null, chunk);
      size += chunk.length;
      held.push(chunk);
      if (size <= LIMIT) return done();
      const all = Buffer.concat(held);
      held = undefined;
      done(null, all);
    },
    flush(done) {
      if (held === undefined || held.length === 0) return done();
      const all = Buffer.concat(held);
      done(null, laidOut(all.toString("utf8")) ?? all);
    },
  });
}

interface SourceText {
  readonly source?: string;
}

// `rawJSON` and the reviver's third parameter are in the standard, and not yet in TypeScript's library.
function laidOut(text: string): string | undefined {
  const { rawJSON } = JSON as typeof JSON & { rawJSON(text: string): unknown };
  const asWritten = (_key: string, value: unknown, context?: SourceText) =>
    typeof value === "number" && context?.source !== undefined ? rawJSON(context.source) : value;
  try {
    return `${escapeControlsInJson(JSON.stringify(JSON.parse(text, asWritten), undefined, 2))}\n`;
  } catch {
    return undefined;
  }
}
