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

/** How long a clause may take, in ms. A server on a busy machine is slower than one in this process. */
const CLAUSE_TIMEOUT = 30_000;

/** One sentence about a flow and its server. */
export interface Question {
  readonly of: "contract" | "server";
  readonly sentence: string;
  /** Why this server cannot be asked, or why the answer is known to be no. */
  readonly reason?: string;
  /** Throws if the sentence is not true. If the answer is known to be no: if the sentence has become true. Absent: not asked. */
  readonly ask?: () => Promise<void>;
}

/**
 * All questions to one server, which is started with the first one.
 * @param print gets a line for each clause of the contract that is not for such a server.
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
    // Without `close`: one server is enough for all clauses.
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
