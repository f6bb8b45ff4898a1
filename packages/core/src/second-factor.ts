import type { AnyVmsError } from "./errors/any-error.ts";
import { InvalidOptions } from "./errors/invalid-options.ts";
import { SecondFactorRejected } from "./errors/second-factor-rejected.ts";
import { type SecondFactorMethod, SecondFactorRequired } from "./errors/second-factor-required.ts";

/** What the vendor asks for, told to the function `secondFactor`. */
export interface SecondFactorChallenge {
  /** The vendor, for example `"acme"`. */
  readonly vendor: string;
  /** The user name that signs in. */
  readonly account: string;
  /** The ways that the vendor offers; `hint` is where a code goes, masked by the vendor. */
  readonly methods: readonly SecondFactorMethod[];
  /** 1 for the first code of this login; one more each time that it is asked again. */
  readonly attempt: number;
  /** Why it is asked again: the last code was wrong, or came too late. Absent at first, and after a fault of the network. */
  readonly last?: "wrong" | "late";
  /** The way that a code was sent by just now: the one that was answered last, else the first that works. Absent where codes come from an app. */
  readonly sent?: SecondFactorMethod["type"];
  /**
   * Has a new code sent by another way that is offered. Does nothing for `totp`.
   * @throws {InvalidOptions} (`invalid_options`) for a way that is not offered.
   * @throws {InvalidRequest} (`invalid_request`) where the vendor cannot send by it: try another.
   */
  send(type: SecondFactorMethod["type"]): Promise<void>;
  /** Ends when nobody waits for the login any more, and when the session is signed out: take the question back then. */
  readonly signal: AbortSignal;
}

/** The code of a second factor. */
export interface SecondFactorAnswer {
  /** The way that the code came by. */
  readonly method: SecondFactorMethod["type"];
  /** Spaces in it are taken out. */
  readonly code: string;
}

/** Answers for the second factor. What it throws is what the login fails with. */
export type SecondFactor = (challenge: SecondFactorChallenge) => SecondFactorAnswer | Promise<SecondFactorAnswer>;

/** What became of a code: what the login yields, or why the vendor did not take it. */
export type SecondFactorVerdict<T> =
  | { readonly accepted: T }
  | { readonly refused: "wrong" | "late"; readonly error: AnyVmsError };

/** The part of a sign-in conversation that is the second factor: the flow's own words for it. */
export interface SecondFactorStep<T> {
  /** The ways that the vendor offers. */
  readonly methods: readonly SecondFactorMethod[];
  /** How many codes one login may try: below the number at which the vendor locks the user. */
  readonly codes: number;
  /**
   * Has the vendor send a code; absent where codes come from an app.
   * @returns an error to tell where the vendor cannot send by this way, and another may be tried.
   */
  send?(type: SecondFactorMethod["type"]): Promise<AnyVmsError | undefined>;
  /** Sends the code. It is called again with the next code where it was refused, up to `codes` in all. */
  verify(answer: SecondFactorAnswer): Promise<SecondFactorVerdict<T>>;
}

/** How many codes were asked for in this login, and the way that the last one came by. */
export interface CodeCount {
  asked: number;
  method?: SecondFactorMethod["type"];
  /** The codes that were sent and not taken, or of which no answer told, since the session's last login or `renew()`. */
  readonly wrong: { codes: number };
}

/** What the core lends for asking. */
export interface SecondFactorDesk {
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
export async function askSecondFactor<T>(desk: SecondFactorDesk, step: SecondFactorStep<T>): Promise<T> {
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
