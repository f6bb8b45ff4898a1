import type { SecondFactorAnswer, SecondFactorChallenge } from "@vms/core";
import { marked } from "./marks.ts";

/** An error of the human or of a caller, which a session has to hand on as it is. */
export class OurOwn extends Error {}

/** What a human does who is asked for a code or a face. */
export type Conduct = "right" | "wrong" | "another" | "late" | "empty" | "throws" | "never";

/** Whoever is asked by the sessions of one account. */
export interface Human {
  /** How often a code or a face was asked for. */
  readonly asked: number;
  /** What was told with each question. */
  readonly told: readonly unknown[];
  /** The codes that were given, as the session got them. */
  readonly codes: readonly string[];
  /** Whether an answer can come too late. */
  readonly canBeLate: boolean;
  /** Called at each question. */
  onAsked: () => void;
  /** What is done at each question, counted from 1. */
  conduct: (turn: number) => Conduct;
  secondFactor(challenge: SecondFactorChallenge): Promise<SecondFactorAnswer>;
  face(request: { readonly signal: AbortSignal }): Promise<Blob>;
  /** Takes note of a question that something else has answered, and of the code. */
  note(question: unknown, code: string): void;
  /** Forgets what was asked. */
  forget(): void;
}

/** How a human gets at an answer. */
export interface Wits {
  /** Reads the right code. */
  readonly code?: (challenge: SecondFactorChallenge) => string | Promise<string>;
  /** What a video of the right face holds, and one of another user's. */
  readonly face?: string;
  readonly another?: string;
  /** Lets so much happen that the answer comes too late. */
  readonly dawdle?: () => void;
}

/** What a video of a face holds that the vendor does not know: a secret as well. */
export const STRANGER = "a made-up video of a stranger's face";

/** Makes a human who does the right thing unless told otherwise. */
export function createHuman(wits: Wits = {}): Human {
  const told: unknown[] = [];
  const codes: string[] = [];

  async function act<T>(
    question: unknown,
    answers: { readonly [Key in "right" | "wrong" | "another" | "empty"]: () => T },
  ) {
    told.push(question);
    const conduct = human.conduct(told.length);
    human.onAsked();
    if (conduct === "throws") throw new OurOwn("the human's own error");
    if (conduct === "never") return new Promise<never>(() => {});
    if (conduct === "late") wits.dawdle?.();
    return answers[conduct === "late" ? "right" : conduct]();
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
    canBeLate: wits.dawdle !== undefined,
    onAsked: () => {},
    conduct: () => "right",
    async secondFactor(challenge) {
      const code = await act<string | Promise<string>>(challenge, {
        right: async () => give((await wits.code?.(challenge)) ?? ""),
        wrong: () => give("wrong"),
        another: () => give("another"),
        empty: () => " ",
      });
      return { method: challenge.sent ?? challenge.methods[0]?.type ?? "totp", code };
    },
    face: (request) =>
      act(request, {
        right: () => film(wits.face ?? ""),
        wrong: () => film(STRANGER),
        another: () => film(wits.another ?? ""),
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
