import type { Action } from "../scenario/scenario.ts";

const TROUBLES: Readonly<Record<string, string>> = {
  down: "take the vendor down",
  "slow-login": "slow the logins down",
  "reject-all": "let the vendor reject every call",
  "redirect-login": "let the vendor redirect logins to another host",
  "garbage-login": "let the vendor answer logins with a web page",
};

/** An action in words. */
export function nameOfAction(action: Action): string {
  const who =
    "process" in action && action.process !== undefined && action.process > 1 ? ` in process ${action.process}` : "";
  switch (action.do) {
    case "call": {
      const path = {
        data: "",
        forbidden: " that the vendor forbids",
        "other-origin": " to another host",
        upload: " with a body",
        slow: " with a slow response",
      }[action.path ?? "data"];
      const abort = action.abortAfter === undefined ? "" : `, aborted after ${action.abortAfter} ms`;
      return `make ${action.count} ${action.count === 1 ? "call" : "calls"}${path}${abort}${who}`;
    }
    case "login":
    case "renew":
    case "logout":
    case "close":
      return `${action.do}()${who}`;
    case "revoke":
      return "end all sessions at the vendor";
    case "wrong-password":
      return "give the program a wrong password";
    case "correct-password":
      return "give the program the correct password";
    case "wait":
      return `wait ${Math.round(action.for / 60_000)} minutes`;
    case "spoil-store":
      return "damage the content of the store";
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
    from === undefined ? undefined : `from the ${from}`,
    by === undefined ? undefined : `by ${by}`,
    status === undefined ? undefined : `status ${status}`,
    error === undefined ? undefined : outcomeOf(error),
    cause === undefined ? undefined : String(cause),
    overAtLogin === true ? "over at login" : undefined,
  ];
  return parts.filter((part) => part !== undefined).join(", ");
}
