import { arrow, box, text } from "./drawing.ts";

/** A question, and what to use if its answer is `if`. */
export interface Question {
  readonly ask: readonly string[];
  readonly if: "yes" | "no";
  readonly use: readonly string[];
}

const STEP = 92;
const HEIGHT = 62;
const TOP = 20;

/** The height of a picture with the questions, and `otherwise` below them. */
export function decisionHeight(questions: readonly Question[]): number {
  return TOP + questions.length * STEP + HEIGHT + TOP;
}

/** Questions from top to bottom, with what to use beside each. */
export function decision(questions: readonly Question[], otherwise: readonly string[]): string[] {
  const end = TOP + questions.length * STEP;
  return [...questions.map((question, index) => step(question, TOP + index * STEP)), answer(20, end, otherwise, 310)];
}

function step({ ask, if: when, use }: Question, y: number): string {
  const middle = y + HEIGHT / 2;
  return [
    box([20, y], [310, HEIGHT], ask),
    arrow(
      [
        [330, middle],
        [398, middle],
      ],
      "good",
    ),
    text([363, middle - 13], when, "good"),
    arrow([
      [175, y + HEIGHT],
      [175, y + STEP - 2],
    ]),
    text([186, y + HEIGHT + (STEP - HEIGHT) / 2 - 2], when === "yes" ? "no" : "yes", "plain", "start"),
    answer(400, y, use, 220),
  ].join("");
}

function answer(x: number, y: number, use: readonly string[], width: number): string {
  return box([x, y], [width, HEIGHT], use, "good");
}
