import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect } from "vitest";
import { freePort } from "./free-port.ts";
import { comparable, playTranscript } from "./transcript.ts";

const ROOT = join(import.meta.dirname, "../../..");
const FENCE = /^```(\w+)\n([\s\S]*?)^```$/gm;
/** The first line of a file says its name: `// session.ts`. */
const NAME = /^\/\/ ([\w./-]+\.[a-z]+)\n/;

/** A page of the documentation, with its programs in a folder. */
export interface Page {
  /** Has every file that a code block of the page names in its first line. */
  readonly folder: string;
  /** The headings whose sections have a transcript. */
  readonly sections: readonly string[];
  /**
   * Runs the commands of a section, and expects the output that the page shows.
   * `localhost:3000` in the page is `PORT` of the environment, else a free port.
   */
  play(section: string, environment: Readonly<Record<string, string>>): Promise<void>;
}

/** Writes the programs of a page into a folder, unchanged. */
export function placePage(name: string): Page {
  const text = readFileSync(join(ROOT, "docs/guides", `${name}.md`), "utf8");
  const folder = join(import.meta.dirname, "../.report/pages", name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const transcripts = new Map<string, string[]>();
  for (const { 1: language, 2: code = "", index } of text.matchAll(FENCE)) {
    const file = NAME.exec(code)?.[1];
    if (file !== undefined) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), code);
    }
    if (language !== "text" || !code.startsWith("$ ")) continue;
    const heading = text.slice(0, index).split("\n## ").at(-1)?.split("\n", 1)[0] ?? "";
    transcripts.set(heading, [...(transcripts.get(heading) ?? []), code]);
  }
  return {
    folder,
    sections: [...transcripts.keys()],
    async play(section, environment) {
      for (const transcript of transcripts.get(section) ?? []) {
        const port = environment.PORT ?? String(await freePort());
        const env = { ...environment, PORT: port };
        const played = await playTranscript(transcript.replaceAll("localhost:3000", `localhost:${port}`), folder, env);
        expect(comparable(played.replaceAll(port, "3000"))).toBe(comparable(transcript));
      }
    },
  };
}
