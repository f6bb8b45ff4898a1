import { flowContract } from "@vms/test-suite";
import { callers } from "./checks/callers.ts";
import type { Check, CheckName } from "./checks/check.ts";
import { expiry } from "./checks/expiry.ts";
import { logout } from "./checks/logout.ts";
import { password } from "./checks/password.ts";
import { revocation } from "./checks/revocation.ts";
import type { RunningServer } from "./servers/running-server.ts";
import type { Subject } from "./subjects/subject.ts";

const CHECKS: Readonly<Record<CheckName, Check>> = { callers, revocation, expiry, logout, password };

/** The timeout of a clause, in ms, with a margin for a busy machine. */
const CLAUSE_TIMEOUT = 30_000;

/** A sentence about a flow and its server. */
export interface Question {
  readonly of: "contract" | "server";
  readonly sentence: string;
  /** Why the sentence does not apply to this server, or why it is known to be false. */
  readonly reason?: string;
  /** Throws if the sentence is false, or if a sentence known to be false is true. Absent if it does not apply. */
  readonly ask?: () => Promise<void>;
}

/**
 * All questions to one server, which starts with the first one.
 * @param print receives a line for each clause of the contract that does not apply to the server.
 */
export function questionsOf(
  subject: Subject,
  resources: AsyncDisposableStack,
  print: (line: string) => void = console.log,
): Question[] {
  const { makeSession, contract, failing, unaskable, further } = subject;
  let running: Promise<RunningServer> | undefined;
  const start = () => {
    running ??= subject.start(resources);
    return running;
  };
  const questions: Question[] = [];

  const known = new Set(Object.keys(failing));
  flowContract(
    (sentence, run) => {
      const reason = failing[sentence];
      known.delete(sentence);
      const ask = async () => run();
      questions.push(
        reason === undefined
          ? { of: "contract", sentence, ask }
          : { of: "contract", sentence, reason, ask: () => failsStill(ask, sentence) },
      );
    },
    makeSession,
    // Without `close`, because all clauses share one server.
    start,
    { ...contract, timeout: CLAUSE_TIMEOUT, print },
  );
  if (known.size > 0) throw new Error(`the contract has no clause "${[...known].join('", "')}".`);

  const asked = ({ sentence, prove }: Check): Question => ({
    of: "server",
    sentence,
    ask: async () => prove({ server: await start(), makeSession }),
  });
  for (const [name, check] of Object.entries(CHECKS) as [CheckName, Check][]) {
    const reason = unaskable[name];
    questions.push(reason === undefined ? asked(check) : { of: "server", sentence: check.sentence, reason });
  }
  return [...questions, ...further.map(asked)];
}

async function failsStill(ask: () => Promise<void>, sentence: string): Promise<void> {
  const passes = await ask().then(
    () => true,
    () => false,
  );
  if (passes) throw new Error(`"${sentence}" is true now. Remove it from \`failing\`.`);
}
