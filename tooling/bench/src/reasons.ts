/** What is compared. */
export type Topic = "calls" | "bundle" | "disk" | "imported" | "answered" | "memory";

/** The ways to use a session. */
export type Ours = "session.fetch" | "session.http" | "sessionInterceptor";

const laws =
  "Ours has ky in it, and on top of it what those leave to their user: one login for all who wait, redirects that keep the credential home, stores, second factors, bounded and repeated logins.";
const undici = "Nearly all of it is undici: compare it to `bare undici.request`.";
const lazily =
  "ky asks for Node's `fetch` as soon as it is loaded, and `@vms/core` comes on top; others load `fetch` with their first call, as the first answer shows.";
const parts =
  "Beside the headers that are sent, a session holds its record and its checked options, and a few functions of its own, which work apart from it.";

/**
 * Why one of ours takes more than something else, by hand: a plain sentence with no number in it, as numbers change.
 * It is shown only where the numbers say so.
 */
export const reasons: Readonly<Record<Topic, Readonly<Record<Ours, string>>>> = {
  calls: {
    "session.fetch":
      "Node's `fetch` costs more than its `http`, which those send through, and a session adds little to it. Where CPU counts, take `sessionInterceptor`.",
    "session.http":
      "It is ky, which makes a `Request` of each call and a copy of that for its retries. `session.fetch` does without; where CPU counts, take `sessionInterceptor`.",
    sessionInterceptor: "It is `undici.request` with the interceptor's share, see above.",
  },
  bundle: { "session.fetch": laws, "session.http": laws, sessionInterceptor: undici },
  disk: { "session.fetch": laws, "session.http": laws, sessionInterceptor: undici },
  imported: { "session.fetch": lazily, "session.http": lazily, sessionInterceptor: `${lazily} And undici is large.` },
  answered: {
    "session.fetch": "There is more to load: the session beside ky.",
    "session.http": "There is more to load: the session beside ky.",
    sessionInterceptor: "It loads undici beside the copy of it that Node's `fetch` is, and signs in by that one.",
  },
  memory: { "session.fetch": parts, "session.http": `${parts} So do those of its ky.`, sessionInterceptor: parts },
};
