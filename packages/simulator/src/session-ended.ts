import type { Answer, Incoming } from "./exchange.ts";

/** A response to a call of an ended session that replaces the vendor's own. */
export type SessionEndedAs = "status-403" | "status-419" | "redirect" | "html";

/** The login page that the redirect leads to. */
const LOGIN_PAGE = "/sign-in";

/** The paths of sign-in and sign-out, which keep the vendor's own responses. */
const SIGN_IN_OR_OUT = /\/(auth|aaa|totp|dologin|login|logout)(\/|$)/;

/**
 * Replaces the vendor's response to a call of an ended session, as a single sign-on in front of the vendor might.
 * @param isEnded tells whether a response means that the session has ended.
 */
export function inFront(
  endedAs: SessionEndedAs | undefined,
  isEnded: (answer: Answer) => boolean,
  act: (incoming: Incoming) => Promise<Answer>,
): (incoming: Incoming) => Promise<Answer> {
  if (endedAs === undefined) return act;
  return async (incoming) => {
    const { pathname } = new URL(incoming.url);
    if (endedAs === "redirect" && pathname === LOGIN_PAGE) return page();
    const answer = await act(incoming);
    return isEnded(answer) && !SIGN_IN_OR_OUT.test(pathname) ? replacement(endedAs) : answer;
  };
}

function replacement(endedAs: SessionEndedAs): Answer {
  switch (endedAs) {
    case "status-403":
      return empty(403);
    case "status-419":
      return empty(419);
    case "redirect":
      return empty(302, { location: LOGIN_PAGE });
    case "html":
      return page();
  }
}

function page(): Answer {
  const body = new TextEncoder().encode("<!doctype html><title>Sign in</title>");
  return { status: 200, headers: new Headers({ "content-type": "text/html; charset=utf-8" }), body, ending: "whole" };
}

function empty(status: number, headers: Record<string, string> = {}): Answer {
  return { status, headers: new Headers(headers), body: new Uint8Array(), ending: "whole" };
}
