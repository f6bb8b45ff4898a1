import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { freePort } from "@vms-tooling/testing/free-port";
import { expect } from "vitest";
import { comparable, playTranscript } from "./transcript.ts";

const ROOT = join(import.meta.dirname, "../../..");
const FENCE = /^```(\w+)\n([\s\S]*?)^```$/gm;
/** A file's name is in its first line: `// session.ts`. */
const NAME = /^\/\/ ([\w./-]+\.[a-z]+)\n/;

/** A guide whose files are in a folder. */
export interface Page {
  readonly folder: string;
  /** The headings of the sections with a transcript. */
  readonly sections: readonly string[];
  /**
   * Runs the commands of a section and expects the output on the page. `localhost:3000` becomes `PORT` of the
   * environment, or a free port.
   */
  play(section: string, environment: Readonly<Record<string, string>>): Promise<void>;
}

/** The named files of a page. */
export function filesOf(name: string): Map<string, string> {
  const named = blocksOf(name).map(({ code }) => [NAME.exec(code)?.[1], code] as const);
  return new Map(named.filter((file): file is [string, string] => file[0] !== undefined));
}

/** Writes the files of a page and others into a folder. */
export function placePage(name: string, others: Readonly<Record<string, string>> = {}): Page {
  const folder = join(import.meta.dirname, "../.report/pages", name);
  rmSync(folder, { recursive: true, force: true });
  for (const [file, code] of [...filesOf(name), ...Object.entries(others)]) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), code);
  }
  const transcripts = blocksOf(name).filter(({ language, code }) => language === "text" && code.startsWith("$ "));
  return {
    folder,
    sections: [...new Set(transcripts.map(({ section }) => section))],
    async play(section, environment) {
      for (const { code } of transcripts.filter((transcript) => transcript.section === section)) {
        const port = environment.PORT ?? String(await freePort());
        const env = { ...environment, PORT: port };
        const played = await playTranscript(code.replaceAll("localhost:3000", `localhost:${port}`), folder, env);
        expect(comparable(played.replaceAll(port, "3000"))).toBe(comparable(code));
      }
    },
  };
}

interface Block {
  readonly section: string;
  readonly language: string;
  readonly code: string;
}

function blocksOf(name: string): Block[] {
  const text = readFileSync(join(ROOT, "docs/guides", `${name}.md`), "utf8");
  return [...text.matchAll(FENCE)].map(({ 1: language = "", 2: code = "", index }) => {
    const section = text.slice(0, index).split("\n## ").at(-1)?.split("\n", 1)[0] ?? "";
    return { section, language, code };
  });
}
