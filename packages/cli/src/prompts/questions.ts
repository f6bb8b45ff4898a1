import type { System } from "../system/system.ts";
import { prompt } from "./prompt.ts";

/** A question whose answer is visible. */
export interface TextQuestion {
  readonly message: string;
  /** The answer of Enter alone. */
  readonly suggestion?: string | undefined;
  /** Returns what is wrong with an answer, or `true`. */
  readonly check?: (answer: string) => true | string;
}

/** Asks for a line of text, without surrounding spaces. */
export async function askText(system: System, question: TextQuestion, signal: AbortSignal): Promise<string> {
  const { message, suggestion, check = () => true } = question;
  const { default: input } = await import("@inquirer/input");
  const validate = (answer: string) => (answer.trim() === "" ? "Enter a value." : check(answer.trim()));
  const config = { message, validate, ...(suggestion === undefined ? {} : { default: suggestion }) };
  return (await prompt(system, signal, (context) => input(config, context))).trim();
}

/** Asks for a secret. Shows nothing of it, not even its length. */
export async function askHidden(system: System, message: string, signal: AbortSignal): Promise<string> {
  const { default: password } = await import("@inquirer/password");
  // The library's key that reveals the answer is disabled: others may see the screen.
  const config = { message, toggleMask: false, validate: (answer: string) => answer !== "" || "Enter a value." };
  return prompt(system, signal, (context) => password(config, context));
}

/**
 * Asks for a code. It is visible while typed, because it can be used only once, and is then removed from the screen.
 */
export async function askCode(
  system: System,
  message: string,
  mayBeEmpty: boolean,
  signal: AbortSignal,
): Promise<string> {
  const { default: input } = await import("@inquirer/input");
  const config = {
    message,
    transformer: (value: string, { isFinal }: { isFinal: boolean }) => (isFinal ? "" : value),
    validate: (answer: string) => mayBeEmpty || answer.trim() !== "" || "Enter the code.",
  };
  return (await prompt(system, signal, (context) => input(config, context))).trim();
}

/** Asks a question that only "y" or "yes" answers with yes. Enter means no. */
export async function askYesNo(system: System, question: string, signal: AbortSignal): Promise<boolean> {
  const { default: input } = await import("@inquirer/input");
  const validate = (answer: string) => /^(|y|yes|n|no)$/i.test(answer.trim()) || "Enter y or n.";
  const answer = await prompt(system, signal, (context) => input({ message: `${question} (y/N)`, validate }, context));
  return /^y/i.test(answer.trim());
}

export interface Choice<T> {
  readonly name: string;
  readonly value: T;
}

/** Asks for one of several choices. Enter selects the first. */
export async function choose<T>(
  system: System,
  message: string,
  choices: readonly Choice<T>[],
  signal: AbortSignal,
): Promise<T> {
  const { default: select } = await import("@inquirer/select");
  return prompt(system, signal, (context) => select<T>({ message, choices }, context));
}
