import type { Session } from "@vms/core";
import type { Terminal } from "../../command-line/terminal.ts";
import { describeError } from "../../error-messages/describe-error.ts";
import type { ErrorContext } from "../../error-messages/error-context.ts";

/** Reports something about a profile to the person who started the proxy. */
export type Reporter = (text: string, name: string) => void;

/**
 * Creates a reporter. It drops repeated lines, because a page with many pictures would otherwise fill the screen.
 * @param isNamed whether lines begin with the profile's name.
 */
export function reporterOf(terminal: Terminal, isNamed: boolean): Reporter {
  let last: string | undefined;
  return (text, name) => {
    const line = `${isNamed ? `${name}: ` : ""}${text.replaceAll("\n", " ")}`;
    if (line === last) return;
    last = line;
    terminal.say(`${terminal.style("dim", new Date().toTimeString().slice(0, 8))} ${line}`);
  };
}

/** Reports what happens to the session of a profile. */
export function reportEvents(session: Session, context: ErrorContext, reporter: Reporter): void {
  const report = (text: string) => reporter(text, context.name);
  session.on("login", ({ info, from }) =>
    report(from === "store" ? `already signed in as ${info.account}.` : `signed in as ${info.account}.`),
  );
  session.on("rejected", ({ status }) => report(`the vendor ended the session (${status}): signing in again.`));
  session.on("expired", () => report("the session has expired: the next request signs in again."));
  session.on("renewal_failed", ({ error }) =>
    report(`the session could not be renewed yet: ${describeError(error, context).message}`),
  );
  session.on("store_failed", ({ error }) => report(describeError(error, context).message));
}
