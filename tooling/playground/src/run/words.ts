import type { Action } from "../scenario/scenario.ts";

const TROUBLES: Readonly<Record<string, string>> = {
  down: "The vendor is down",
  "slow-login": "The vendor is slow to sign in",
  "reject-all": "The vendor rejects every call",
  "redirect-login": "The vendor redirects logins to another host",
  "garbage-login": "The vendor answers logins with a web page",
};

/** An action in words. */
export function nameOfAction(action: Action): string {
  const who =
    "process" in action && action.process !== undefined && action.process > 1 ? ` (process ${action.process})` : "";
  switch (action.do) {
    case "call": {
      const path = {
        data: "",
        forbidden: " without permission",
        "other-origin": " to another host",
        upload: " with a body",
        slow: " with a slow response",
      }[action.path ?? "data"];
      const abort = action.abortAfter === undefined ? "" : `, aborted after ${action.abortAfter} ms`;
      return `${action.count} ${action.count === 1 ? "call" : "calls"}${path}${abort}${who}`;
    }
    case "login":
    case "renew":
    case "logout":
    case "close":
      return `${action.do}()${who}`;
    case "revoke":
      return "The vendor ends all sessions";
    case "wrong-password":
      return "The program gets a wrong password";
    case "correct-password":
      return "The program gets the correct password";
    case "wait":
      return `${Math.round(action.for / 60_000)} minutes pass`;
    case "spoil-store":
      return "The store's content is damaged";
    default:
      return `${TROUBLES[action.do]} for ${action.for / 1000} s`;
  }
}

/** What a call ended with: the code of an error, or its name. */
export function outcomeOf(error: unknown): string {
  if (typeof error !== "object" || error === null) return "error";
  const { code, name } = error as { readonly code?: unknown; readonly name?: unknown };
  if (typeof code === "string") return code;
  return typeof name === "string" ? name : "error";
}

/** The fields of an event that say something. */
export function describeEvent(event: object): string {
  const { from, by, status, error, cause, overAtLogin } = event as Readonly<Record<string, unknown>>;
  const parts = [
    from === undefined ? undefined : `from ${from}`,
    by === undefined ? undefined : `by ${by}`,
    status === undefined ? undefined : `status ${status}`,
    error === undefined ? undefined : outcomeOf(error),
    cause === undefined ? undefined : String(cause),
    overAtLogin === true ? "over at login" : undefined,
  ];
  return parts.filter((part) => part !== undefined).join(", ");
}
