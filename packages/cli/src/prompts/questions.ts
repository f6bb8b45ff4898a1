import { prompt } from "./prompt.ts";

/** A question whose answer may be seen. */
export interface TextQuestion {
  readonly message: string;
  /** What Enter alone takes. */
  readonly suggestion?: string | undefined;
  /** Says what is wrong with an answer, or `true`. */
  readonly check?: (answer: string) => true | string;
}

/** Asks for a line; spaces around it are not part of it. */
export async function askText(question: TextQuestion, signal: AbortSignal): Promise<string> {
  const { message, suggestion, check = () => true } = question;
  const { default: input } = await import("@inquirer/input");
  const validate = (answer: string) => (answer.trim() === "" ? "Type something." : check(answer.trim()));
  const config = { message, validate, ...(suggestion === undefined ? {} : { default: suggestion }) };
  return (await prompt(signal, (context) => input(config, context))).trim();
}

/** Asks for a secret, and shows nothing of it, not even its length. */
export async function askHidden(message: string, signal: AbortSignal): Promise<string> {
  const { default: password } = await import("@inquirer/password");
  // Nor by a key: whoever looks over the shoulder at night can press it, too.
  const config = { message, toggleMask: false, validate: (answer: string) => answer !== "" || "Type it." };
  return prompt(signal, (context) => password(config, context));
}

/** Asks for a code. It is seen while it is typed, as it is good once, and not kept on the screen. */
export async function askCode(message: string, mayBeEmpty: boolean, signal: AbortSignal): Promise<string> {
  const { default: input } = await import("@inquirer/input");
  const config = {
    message,
    transformer: (value: string, { isFinal }: { isFinal: boolean }) => (isFinal ? "" : value),
    validate: (answer: string) => mayBeEmpty || answer.trim() !== "" || "Type the code.",
  };
  return (await prompt(signal, (context) => input(config, context))).trim();
}

/** One of several answers. */
export interface Choice<T> {
  readonly name: string;
  readonly value: T;
}

/** Lets somebody choose; the first is what Enter takes. */
export async function choose<T>(message: string, choices: readonly Choice<T>[], signal: AbortSignal): Promise<T> {
  const { default: select } = await import("@inquirer/select");
  return prompt(signal, (context) => select<T>({ message, choices }, context));
}
