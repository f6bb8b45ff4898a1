import type { SecondFactorAnswer, SecondFactorChallenge } from "@vms/core";
import { marked } from "./marked-codes.ts";

/** An error of the person or the caller. A session must rethrow the same object. */
export class OurOwn extends Error {}

/** What the person does when asked for a code or a face. */
export type Behavior = "right" | "wrong" | "another" | "late" | "empty" | "throws" | "never";

/** The person whom the sessions of an account ask. */
export interface Human {
  /** The number of prompts. */
  readonly asked: number;
  /** The argument of each prompt. */
  readonly told: readonly unknown[];
  /** The codes that the session received. */
  readonly codes: readonly string[];
  /** Whether an answer can come too late. */
  readonly canBeLate: boolean;
  /** Called at each prompt. */
  onAsked: () => void;
  /** The behavior at each prompt. The first turn is 1. */
  behavior: (turn: number) => Behavior;
  secondFactor(challenge: SecondFactorChallenge): Promise<SecondFactorAnswer>;
  face(request: { readonly signal: AbortSignal }): Promise<Blob>;
  /** Records a prompt that something else answered, and the code. */
  note(question: unknown, code: string): void;
  /** Clears the record. */
  forget(): void;
}

/** The source of the person's answers. */
export interface AnswerSource {
  /** Reads the right code. */
  readonly code?: (challenge: SecondFactorChallenge) => string | Promise<string>;
  /** The content of a video of the right face, and of another user's face. */
  readonly face?: string;
  readonly another?: string;
  /** Delays the answer until it is too late. */
  readonly delay?: () => void;
}

/** The content of a video of an unknown face, which is also a secret. */
export const STRANGER = "a made-up video of a stranger's face";

/** Creates a person who gives the right answer by default. */
export function createHuman(source: AnswerSource = {}): Human {
  const told: unknown[] = [];
  const codes: string[] = [];

  async function runStep<T>(
    question: unknown,
    answers: { readonly [Key in "right" | "wrong" | "another" | "empty"]: () => T },
  ) {
    told.push(question);
    const behavior = human.behavior(told.length);
    human.onAsked();
    if (behavior === "throws") throw new OurOwn("the error that the function threw");
    if (behavior === "never") return new Promise<never>(() => {});
    if (behavior === "late") source.delay?.();
    return answers[behavior === "late" ? "right" : behavior]();
  }

  const give = (code: string) => {
    const given = marked(code, told.length);
    codes.push(given);
    return given;
  };
  const film = (what: string) => new Blob([what], { type: "video/mp4" });

  const human: Human = {
    get asked() {
      return told.length;
    },
    told,
    codes,
    canBeLate: source.delay !== undefined,
    onAsked: () => {},
    behavior: () => "right",
    async secondFactor(challenge) {
      const code = await runStep<string | Promise<string>>(challenge, {
        right: async () => give((await source.code?.(challenge)) ?? ""),
        wrong: () => give("wrong"),
        another: () => give("another"),
        empty: () => " ",
      });
      return { method: challenge.sent ?? challenge.methods[0]?.type ?? "totp", code };
    },
    face: (request) =>
      runStep(request, {
        right: () => film(source.face ?? ""),
        wrong: () => film(STRANGER),
        another: () => film(source.another ?? ""),
        empty: () => film(""),
      }),
    note(question, code) {
      told.push(question);
      codes.push(code);
    },
    forget() {
      told.length = 0;
      codes.length = 0;
    },
  };
  return human;
}
