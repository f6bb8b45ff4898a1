import type { SessionEventName } from "@vms/core";
import type { Lane, Step } from "./step.ts";

/** A step in words. */
interface Explained {
  /** Who acts: `Process 1`, `Session 1`, `Store`, `Vendor`, or `You`. */
  readonly who: string;
  readonly text: string;
  readonly guarantee: number | undefined;
}

const EVENTS: Readonly<Record<SessionEventName, readonly [text: string, guarantee: number | undefined]>> = {
  login_started: ["starts one login for all callers", 1],
  login: ["is live", undefined],
  login_failed: ["could not sign in", 20],
  login_limited: ["does not sign in again, because that would not help", 17],
  renewed: ["was renewed", 6],
  renewal_failed: ["could not be renewed and stays in use", 6],
  rejected: ["was rejected by the vendor", 20],
  resent: ["will send the rejected call again, once", 3],
  rotated: ["received a new credential with a response", undefined],
  expired: ["has expired and is not used any more", 7],
  logout: ["is signed out", 14],
  store_failed: ["goes on without its store", 20],
};

/** A session that appears expired when it arrives: a clock is wrong. */
const EXPIRED_AT_LOGIN = ["seems to have expired already, and is used until the vendor rejects it", 7] as const;

const STORE: Readonly<Record<string, string>> = {
  set: "is written",
  delete: "is emptied",
  lock: "is locked for this process",
  unlock: "is unlocked",
};

/** Says what a step is, and which guarantee it shows. */
export function explain(step: Step): Explained {
  const of = (who: string) => (step.process > 0 ? `${who} ${step.process}` : who);
  switch (step.kind) {
    case "action":
      return { who: "You", text: step.text, guarantee: undefined };
    case "call":
      return { who: of("Process"), text: `calls ${step.method} ${step.path}`, guarantee: undefined };
    case "answer":
      return {
        who: of("Process"),
        text: typeof step.outcome === "number" ? `gets the status ${step.outcome}` : `gets the error ${step.outcome}`,
        guarantee: ANSWERS[step.outcome],
      };
    case "event": {
      const [text, guarantee] = step.name === "expired" && step.detail !== "" ? EXPIRED_AT_LOGIN : EVENTS[step.name];
      return { who: of("Session"), text: step.detail === "" ? text : `${text} (${step.detail})`, guarantee };
    }
    case "store":
      return {
        who: of("Store"),
        text: step.operation === "get" ? (step.found ? "has a value" : "has no value") : (STORE[step.operation] ?? ""),
        guarantee: step.operation === "lock" ? 1 : undefined,
      };
    case "request":
      return {
        who: of("Session"),
        text: requestText(step),
        guarantee: step.body !== 0 && step.purpose === "call" ? 5 : undefined,
      };
    case "response":
      return {
        who: "Vendor",
        text: step.status === "lost" ? "does not answer" : `answers the ${step.purpose} with ${step.status}`,
        guarantee: step.purpose === "login" && step.status === 307 ? 11 : undefined,
      };
    case "person":
      return { who: "Person", text: step.text, guarantee: undefined };
    case "leak":
      return { who: of("Process"), text: `shows a secret in ${step.text}`, guarantee: 13 };
  }
}

const ANSWERS: Readonly<Record<string, number>> = {
  session_closed: 14,
  invalid_credentials: 10,
  unexpected_response: 15,
  origin_not_allowed: 12,
  login_limited: 17,
  AbortError: 4,
};

function requestText({
  purpose,
  method,
  path,
  credential,
  password,
  origin,
  body,
}: Extract<Step, { kind: "request" }>): string {
  const target = purpose === "other origin" ? `${origin}${path}` : path;
  const isCall = purpose === "call" || purpose === "other origin";
  const carrying =
    password !== undefined
      ? ` with password #${password}`
      : credential !== undefined
        ? ` with credential #${credential}`
        : isCall
          ? " without a credential"
          : "";
  return `sends ${method} ${target}${carrying}${isCall && body !== 0 ? " and its body" : ""}`;
}

/** The lanes between which a step moves, from left to right. */
export function lanesOf(step: Step): readonly [from: Lane, to: Lane] {
  switch (step.kind) {
    case "action":
    case "person":
    case "leak":
      return ["caller", "caller"];
    case "call":
      return ["caller", "session"];
    case "answer":
      return ["session", "caller"];
    case "event":
      return ["session", "session"];
    case "store":
      return ["session", "store"];
    case "request":
      return ["session", "vendor"];
    case "response":
      return ["vendor", "session"];
  }
}
