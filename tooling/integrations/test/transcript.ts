import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { delimiter, dirname, join } from "node:path";
import { onTestFinished } from "vitest";

const BIN = join(import.meta.dirname, "../node_modules/.bin");
/** What differs between runs. */
const VARIABLE: readonly (readonly [RegExp, string])[] = [
  [/ \(\d+(\.\d+)? ?m?s\)/g, ""],
  [/\b\d+(\.\d+)? ?(m?s)\b/g, "… $2"],
  [/(duration_ms) [\d.]+/g, "$1 …"],
  [/, estimated .*/g, ""],
];

interface Command {
  readonly line: string;
  readonly expected: string;
}

/** A program. `kill %1` ends the first background program. */
interface Job {
  readonly child: ChildProcess;
  output: string;
}

/**
 * Runs the commands of a transcript in turn, and returns the transcript of this run. A command with ` &` is ready once it
 * has printed as much as the page shows.
 */
export async function playTranscript(
  transcript: string,
  cwd: string,
  environment: Readonly<Record<string, string>>,
): Promise<string> {
  const jobs: Job[] = [];
  const start = (line: string): Job => {
    const env = {
      PATH: [dirname(process.execPath), BIN, process.env.PATH].join(delimiter),
      NO_COLOR: "1",
      ASTRO_TELEMETRY_DISABLED: "1",
      ...environment,
    };
    // One pipe keeps the order of both outputs. `exec` lets a signal reach the program itself.
    const child = spawn("bash", ["-c", `exec 2>&1; exec env ${line}`], {
      cwd,
      env,
      stdio: ["ignore", "pipe", "ignore"],
    });
    onTestFinished(() => void child.kill("SIGKILL")); // even after a time-out
    const job = { child, output: "" };
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      job.output += text;
    });
    return job;
  };
  let played = "";
  for (const { line, expected } of commandsOf(transcript)) {
    const killed = /^kill %(\d)$/.exec(line)?.[1];
    const job = killed === undefined ? start(line.replace(/ &$/, "")) : jobs[Number(killed) - 1];
    if (job === undefined) throw new Error(`There is no job %${killed}.`);
    const from = job.output.length;
    if (line.endsWith(" &")) {
      jobs.push(job);
      await printed(job, expected);
    } else {
      if (killed !== undefined) job.child.kill();
      await closed(job.child);
    }
    played += `$ ${line}\n${job.output.slice(from)}`;
  }
  return played;
}

/** Returns a transcript without what differs between runs. */
export function comparable(transcript: string): string {
  return VARIABLE.reduce((text, [pattern, replacement]) => text.replaceAll(pattern, replacement), transcript);
}

function commandsOf(transcript: string): Command[] {
  return transcript
    .split(/^\$ /m)
    .slice(1)
    .map((text) => ({
      line: text.slice(0, text.indexOf("\n")),
      expected: text.slice(text.indexOf("\n") + 1),
    }));
}

async function printed(job: Job, expected: string): Promise<void> {
  while (job.output.length < expected.length && job.child.exitCode === null) {
    await Promise.race([once(job.child.stdout ?? job.child, "data"), once(job.child, "close")]);
  }
}

async function closed(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, "close");
  else if (!child.stdout?.readableEnded) await once(child, "close");
}
