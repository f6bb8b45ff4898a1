import { Transform } from "node:stream";
import { escapeControlsInJson } from "../../command-line/escape-controls.ts";

/** Formats bodies up to this size, in bytes. Larger ones are passed on unchanged. */
const LIMIT = 64 * 1024 * 1024;

/** Formats JSON for reading. Other text is passed on unchanged. Numbers keep all their digits. */
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
      done(null, formatted(all.toString("utf8")) ?? all);
    },
  });
}

interface SourceText {
  readonly source?: string;
}

// `rawJSON` and the third parameter of revivers are standard, but not yet in TypeScript's library.
function formatted(text: string): string | undefined {
  const { rawJSON } = JSON as typeof JSON & { rawJSON(text: string): unknown };
  const asWritten = (_key: string, value: unknown, context?: SourceText) =>
    typeof value === "number" && context?.source !== undefined ? rawJSON(context.source) : value;
  try {
    return `${escapeControlsInJson(JSON.stringify(JSON.parse(text, asWritten), undefined, 2))}\n`;
  } catch {
    return undefined;
  }
}
