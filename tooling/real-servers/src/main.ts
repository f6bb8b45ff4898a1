import { parseArgs } from "node:util";
import { installPackages } from "@vms-tooling/run/install-packages";
import { questionsOf } from "./questions.ts";
import { type Answer, report } from "./report.ts";
import { areInstalled } from "./servers/installed.ts";
import { subjects } from "./subjects/index.ts";
import type { Subject } from "./subjects/subject.ts";

// Run: npm run real-servers -- [--install] [names]. Default: all servers.
const { values, positionals } = parseArgs({ allowPositionals: true, options: { install: { type: "boolean" } } });
const unknown = positionals.filter((name) => !subjects.some((subject) => subject.name === name));
if (unknown.length > 0) {
  console.error(`Unknown: ${unknown.join(", ")}. The servers are ${subjects.map(({ name }) => name).join(", ")}.`);
  process.exit(2);
}
const wanted = subjects.filter(({ name }) => positionals.length === 0 || positionals.includes(name));

let resources = new AsyncDisposableStack();
let interrupted = false;
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => {
    interrupted = true;
    void resources.disposeAsync().finally(() => process.exit(130));
  });
}

for (const subject of wanted) {
  console.log(`\n${subject.title}`);
  if (!areInstalled(subject.programs) && values.install === true) installPackages(subject.packages);
  if (!areInstalled(subject.programs)) {
    console.log(
      `  not asked: install the Debian packages ${subject.packages.join(", ")}, or add --install (on Debian or Ubuntu, as root or with sudo).`,
    );
    // A named server must run.
    if (positionals.length > 0) process.exitCode = 1;
    continue;
  }
  const answers = await askAll(subject);
  if (interrupted) break;
  console.log(report(answers));
  if (answers.some(({ verdict }) => verdict === "failed")) process.exitCode = 1;
}

async function askAll(subject: Subject): Promise<Answer[]> {
  resources = new AsyncDisposableStack();
  const answers: Answer[] = [];
  const print = (line: string) => {
    const [, sentences = line, why] = /^not tested: "(.*)" (\(.*)$/.exec(line) ?? [];
    for (const sentence of sentences.split('", "')) answers.push({ of: "contract", sentence, verdict: "cannot", why });
  };
  for (const { of, sentence, reason, ask } of questionsOf(subject, resources, print)) {
    if (interrupted) break;
    try {
      const before = answers.length;
      await ask?.();
      // A clause that turns out not to apply has printed so.
      if (answers.slice(before).some((one) => one.sentence === sentence)) continue;
      const known = ask === undefined ? "cannot" : "known";
      answers.push({ of, sentence, verdict: reason === undefined ? "passed" : known, why: reason });
    } catch (error) {
      answers.push({ of, sentence, verdict: "failed", why: error instanceof Error ? error.message : String(error) });
    }
  }
  await resources.disposeAsync();
  return answers;
}
