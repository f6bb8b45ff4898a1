import { afterAll, describe, test } from "vitest";
import { questionsOf } from "../src/questions.ts";
import { areInstalled } from "../src/servers/installed.ts";
import type { Subject } from "../src/subjects/subject.ts";

/** The timeout of a question, in ms. */
const TIMEOUT = 60_000;

/** Creates a test for each question to a server. Skipped questions show their reason. */
export function describeServer(subject: Subject): void {
  describe(subject.title, () => {
    if (!areInstalled(subject.programs)) {
      const reason = `install the Debian packages ${subject.packages.join(", ")}`;
      test(`not asked: ${reason}`, ({ skip }) => skip(reason));
      return;
    }
    const resources = new AsyncDisposableStack();
    afterAll(() => resources.disposeAsync());
    for (const { sentence, reason, ask } of questionsOf(subject, resources)) {
      if (ask === undefined) test(`not asked: ${sentence}`, ({ skip }) => skip(reason));
      else test(reason === undefined ? sentence : `known to fail: ${sentence}`, ask, TIMEOUT);
    }
  });
}
