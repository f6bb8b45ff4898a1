import { lockCheck } from "../checks/lock.ts";
import { createMotionSession } from "../flows/motion.ts";
import { startMotion } from "../servers/motion.ts";
import type { Subject } from "./subject.ts";

const lock = lockCheck({
  sentence: "an address locked by wrong passwords is rate_limited for five minutes, and nothing is sent meanwhile",
  wrong: 1,
  lasts: 5 * 60_000,
  // The lock starts after one more failed attempt.
  start: (resources) => startMotion(resources, { lockAttempts: 0 }),
});

export const motion: Subject = {
  name: "motion",
  title: "Motion",
  programs: ["motion"],
  packages: ["motion"],
  start: (resources) => startMotion(resources),
  makeSession: createMotionSession,
  contract: {
    signsOut: false,
    signs: true,
    answersChallenges: true,
    calls: ["0/config/list"],
    cannot: { post: "Its text interface only has GET.", forbiddenCall: "The only account may do everything." },
  },
  failing: {
    "a session that the vendor has ended costs one login, and the call succeeds": "The server has no sessions.",
    "a `fetch` that caches stores nothing of a login, a renewal or a sign-out":
      "The server issues a nonce per path, so the first call gets a 401, which the contract's cache stores.",
  },
  unaskable: {
    revocation: "The server has no sessions. A nonce that it no longer accepts costs a resend, but no login.",
    expiry: "The server has no sessions.",
    logout: "The server has no sessions.",
  },
  further: [lock],
};
