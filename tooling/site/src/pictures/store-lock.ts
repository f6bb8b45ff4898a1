import { type Picture, type Point, text } from "./drawing.ts";
import { lifeline, message, note } from "./sequence.ts";

const A = 106;
const STORE = 320;
const B = 534;
const TIME: readonly Point[] = [
  [60, 404],
  [458, 736],
];

export const storeLock: Picture = {
  name: "store-lock",
  width: 640,
  height: 756,
  title: "Two processes and the lock of a store",
  description:
    "Processes A and B find no session in the store. A takes the lock, reads again and signs in at the vendor. B waits for the " +
    "lock, and looks into the store again. A writes the session with lease.set and gives the lock back. B reads the session " +
    "and does not sign in. Below: A is suspended while it holds the lock. After 10 seconds B takes the lock over, signs in and " +
    "writes a newer session. A continues and calls lease.set, which is refused: nothing is written.",
  body: [
    lifeline(A, "process A", ...TIME),
    lifeline(STORE, "the store", ...TIME),
    lifeline(B, "process B", ...TIME),
    message(96, A, STORE, "reads: no session"),
    message(122, B, STORE, "reads: no session"),
    message(154, A, STORE, "takes the lock", "good"),
    message(186, A, STORE, "reads again"),
    note(B, 196, ["waits for the lock,", "looks again"]),
    note(A, 228, ["signs in"], "good"),
    message(280, A, STORE, "lease.set(session)", "good"),
    message(316, A, STORE, "gives the lock back"),
    message(344, STORE, B, "finds the session", "good"),
    note(B, 378, ["does not sign in"], "good"),
    '<path class="card" d="M1 416H639"/>',
    text([20, 438], "If the holder of the lock is suspended", "strong", "start"),
    message(480, A, STORE, "takes the lock"),
    note(A, 520, ["suspended"], "bad"),
    message(544, B, STORE, "10 s later: takes it over", "good"),
    note(B, 580, ["signs in"], "good"),
    message(630, B, STORE, "lease.set(newer session)", "good"),
    note(A, 630, ["continues"]),
    message(682, A, STORE, "lease.set(session)", "bad"),
    note(STORE, 710, ["refused: nothing is written"], "bad", 230),
  ],
};
