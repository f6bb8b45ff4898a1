import type { SecondFactor, SecondFactorAnswer, SecondFactorStep } from "../contract/second-factor.ts";
import type { AnyVmsError } from "../errors/any-error.ts";
import { InvalidOptions } from "../errors/invalid-options.ts";
import { SecondFactorRejected } from "../errors/second-factor-rejected.ts";
import { type SecondFactorMethod, SecondFactorRequired } from "../errors/second-factor-required.ts";

/** How many codes were asked for in this login, and the way that the last one came by. */
export interface CodeCount {
  asked: number;
  method?: SecondFactorMethod["type"];
  /** The codes that were sent and not taken, or of which no answer told, since the session's last login or `renew()`. */
  readonly wrong: { codes: number };
}

/** What the core lends for asking. */
export interface CodeRequest {
  readonly vendor: string;
  readonly account: string;
  readonly answerer: SecondFactor | undefined;
  /** What was asked so far. */
  readonly count: CodeCount;
  /** Waits for an answer, with no time running; throws what `refusal` makes where nobody may be asked now. */
  ask<A>(answerer: object, refusal: () => Error, run: (signal: AbortSignal) => A | Promise<A>): Promise<A>;
  /** Keeps a request that an answerer has sent within the time of a login. */
  bounded<A>(run: () => Promise<A>): Promise<A>;
}

/**
 * Asks for codes until the vendor takes one.
 * @throws {SecondFactorRequired} where there is nobody to ask.
 */
export async function askSecondFactor<T>(desk: CodeRequest, step: SecondFactorStep<T>): Promise<T> {
  const { vendor, account, answerer, count } = desk;
  const { methods } = step;
  if (answerer === undefined) throw nobodyToAsk(vendor, methods);
  let last: "wrong" | "late" | undefined;
  while (count.asked < step.codes && count.wrong.codes < step.codes) {
    const answer = await desk.ask(
      answerer,
      () => askedInBackground(vendor, methods),
      async (signal) => {
        const sent = await desk.bounded(() => sendFirst(step, count.method));
        const told = { ...(last === undefined ? {} : { last }), ...(sent === undefined ? {} : { sent }) };
        const send = async (type: SecondFactorMethod["type"]) => {
          signal.throwIfAborted();
          await desk.bounded(() => sendBy(vendor, step, type));
        };
        const attempt = ++count.asked;
        return answerer({ vendor, account, methods, attempt, ...told, send, signal });
      },
    );
    const right = checkAnswer(vendor, answer, methods);
    count.method = right.method;
    // Counted before it is sent: the vendor counts it too, whatever becomes of its answer.
    count.wrong.codes++;
    const verdict = await step.verify(right);
    if ("accepted" in verdict) {
      count.wrong.codes = 0;
      return verdict.accepted;
    }
    if (verdict.refused === "late") count.wrong.codes--;
    if (count.asked >= step.codes || count.wrong.codes >= step.codes) throw verdict.error;
    last = verdict.refused;
  }
  throw new SecondFactorRejected(
    vendor,
    `${step.codes} codes were sent, and the vendor took none or gave no answer. Another one could lock the user: ` +
      "make sure of the network and of the code, then call `renew()`.",
  );
}

// The way that was chosen last comes first.
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
  if (!step.methods.some((method) => method.type === type)) throw notOffered(vendor, "send", step.methods);
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
  return new InvalidOptions(vendor, `\`secondFactor\` must ${what} that is offered: ${types}.`);
}

function nobodyToAsk(vendor: string, methods: readonly SecondFactorMethod[]): SecondFactorRequired {
  const by = methods.map(({ type }) => type).join(" or ");
  return new SecondFactorRequired(
    vendor,
    `the account asks for a second factor (a code by ${by || "no known way"}), and the option \`secondFactor\` is not set. ` +
      "Set it to a function that returns the code, or use a user without a second factor.",
    { methods },
  );
}

function askedInBackground(vendor: string, methods: readonly SecondFactorMethod[]): SecondFactorRequired {
  return new SecondFactorRequired(
    vendor,
    "the vendor wants a code of the second factor for this renewal, and a renewal in the background asks nobody. " +
      "The session goes on to its end; the next call then asks.",
    { methods },
  );
}
