import type { SecondFactorAnswer, SecondFactorStep } from "../contract/second-factor.ts";
import { InvalidOptions } from "../errors/invalid-options.ts";
import type { AnyVmsError } from "../errors/is-vms-error.ts";
import { SecondFactorRejected } from "../errors/second-factor-rejected.ts";
import { type SecondFactorMethod, SecondFactorRequired } from "../errors/second-factor-required.ts";
import type { FlowRun } from "./flow-run.ts";
import type { HumanPrompt } from "./human-prompt.ts";

/**
 * @throws {SecondFactorRequired} `second_factor_required` if nobody can be asked.
 * @throws {SecondFactorRejected} `second_factor_rejected` if the vendor accepts none of the allowed codes.
 */
export async function askSecondFactor<Data, User, T>(
  { setup, attempt, account }: FlowRun<Data, User>,
  prompt: HumanPrompt<Data, User>,
  step: SecondFactorStep<T>,
): Promise<T> {
  const { vendor } = setup.flow;
  const answerer = setup.settings.secondFactor;
  const { history } = attempt;
  const { methods } = step;
  if (answerer === undefined) throw notConfigured(vendor, methods);
  let last: "wrong" | "late" | undefined;
  while (attempt.codesAsked < step.maxAttempts && history.wrongCodes < step.maxAttempts) {
    const answer = await prompt.ask(
      answerer,
      () => askedInBackground(vendor, methods),
      async (signal) => {
        const sent = await prompt.withinDeadline(() => sendFirst(step, attempt.codeMethod));
        const known = { ...(last === undefined ? {} : { last }), ...(sent === undefined ? {} : { sent }) };
        const send = async (type: SecondFactorMethod["type"]) => {
          signal.throwIfAborted();
          await prompt.withinDeadline(() => sendBy(vendor, step, type));
        };
        const attemptsLeft = step.maxAttempts - Math.max(attempt.codesAsked, history.wrongCodes);
        const codes = { attempt: ++attempt.codesAsked, attemptsLeft };
        return answerer({ vendor, account, methods, ...codes, ...known, send, signal });
      },
    );
    const checked = checkAnswer(vendor, answer, methods);
    attempt.codeMethod = checked.method;
    // Counted before it is sent: the vendor counts the code even if its response is lost.
    history.wrongCodes++;
    const result = await step.verify(checked);
    if (result.accepted) {
      history.wrongCodes = 0;
      return result.value;
    }
    if (result.reason === "late") history.wrongCodes--;
    if (attempt.codesAsked >= step.maxAttempts || history.wrongCodes >= step.maxAttempts) throw result.error;
    last = result.reason;
  }
  throw new SecondFactorRejected(
    vendor,
    `the vendor accepted none of ${step.maxAttempts} codes. Another wrong code could lock the user.`,
  );
}

// Tries the method of the last code first.
async function sendFirst<T>(
  step: SecondFactorStep<T>,
  chosen: SecondFactorMethod["type"] | undefined,
): Promise<SecondFactorMethod["type"] | undefined> {
  let failure: AnyVmsError | undefined;
  const methods = step.methods.toSorted((a, b) => Number(b.type === chosen) - Number(a.type === chosen));
  for (const { type } of step.send === undefined ? [] : methods) {
    failure = await step.send?.(type);
    if (failure === undefined) return type;
  }
  if (failure !== undefined) throw failure;
  return undefined;
}

async function sendBy<T>(vendor: string, step: SecondFactorStep<T>, type: SecondFactorMethod["type"]): Promise<void> {
  if (!step.methods.some((method) => method.type === type))
    throw notOffered(vendor, "send by a `method`", step.methods);
  const failure = await step.send?.(type);
  if (failure !== undefined) throw failure;
}

function checkAnswer(vendor: string, answer: unknown, methods: readonly SecondFactorMethod[]): SecondFactorAnswer {
  const { method, code } = (answer ?? {}) as Partial<Record<keyof SecondFactorAnswer, unknown>>;
  const offered = methods.find(({ type }) => type === method);
  if (offered === undefined) throw notOffered(vendor, "return a `method`", methods);
  const digits = typeof code === "string" ? code.replaceAll(/\s/g, "") : "";
  if (digits === "")
    throw new InvalidOptions(vendor, "`secondFactor` must return a `code` that is a non-empty string.");
  return { method: offered.type, code: digits };
}

function notOffered(vendor: string, what: string, methods: readonly SecondFactorMethod[]): InvalidOptions {
  const types = methods.map(({ type }) => `"${type}"`).join(", ");
  return new InvalidOptions(vendor, `\`secondFactor\` must ${what} that the vendor offers: ${types}.`);
}

function notConfigured(vendor: string, methods: readonly SecondFactorMethod[]): SecondFactorRequired {
  const by = methods.map(({ type }) => type).join(" or ");
  return new SecondFactorRequired(
    vendor,
    `the account needs a second factor (a code by ${by || "an unknown method"}), but none is configured.`,
    { reason: "not_configured", methods },
  );
}

function askedInBackground(vendor: string, methods: readonly SecondFactorMethod[]): SecondFactorRequired {
  return new SecondFactorRequired(
    vendor,
    "this renewal needs a second factor, but a background renewal does not prompt. The session stays in use until it " +
      "expires. The next call then prompts.",
    { reason: "background", methods },
  );
}
