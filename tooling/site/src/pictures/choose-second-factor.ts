import { decision, decisionHeight, type Question } from "./decision.ts";
import type { Picture } from "./drawing.ts";

const QUESTIONS: readonly Question[] = [
  { ask: ["Does a login need more", "than the password?"], if: "no", use: ["*nothing"] },
  { ask: ["Is it a face (FindFace)?"], if: "yes", use: ["`face`", "an option of the vendor"] },
  {
    ask: ["Is it a code of an app,", "and do you have its secret?"],
    if: "yes",
    use: ["`totp(secret)`", "no person needed"],
  },
  {
    ask: ["Can a program read the code,", "for example in a mailbox?"],
    if: "yes",
    use: ["`nonInteractive(fn)`", "no person needed"],
  },
];

export const chooseSecondFactor: Picture = {
  name: "choose-second-factor",
  width: 640,
  height: decisionHeight(QUESTIONS),
  title: "Which second factor?",
  description:
    "If a login needs no more than the password: nothing. If it needs a face, as FindFace can: the option face. If it needs a " +
    "code of an app, and you have its secret: totp(secret), without a person. If a program can read the code, for example in a " +
    "mailbox: nonInteractive(fn), without a person. Otherwise: a function that asks a person, which renewals in the background " +
    "do not call.",
  body: decision(QUESTIONS, ["*a function that asks a person", "not in the background"]),
};
