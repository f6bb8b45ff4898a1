import { answerDifferences } from "./answer-differences.ts";
import type { Difference } from "./difference.ts";

const REDIRECTED_STREAMS = [301, 302, 307, 308].flatMap((status) =>
  ["", " in a Request"].map((kind) => `a ${status} to a POST of a ReadableStream${kind}`),
);

/** The differences between `session.fetch` and the global `fetch` of Node. */
export const fetchDifferences: readonly Difference[] = [
  {
    title: "A path is joined below the base URL",
    reason: "`fetch` refuses it, because Node has no base URL.",
    shown: [
      {
        by: ["a path", "a path with a slash", "a query alone", "an empty string", "a URL without a scheme"],
        at: ["result"],
      },
      { by: ["a path", "a path with a slash", "a URL without a scheme"], at: ["server"] },
    ],
  },
  {
    title: "A URL outside the session's origins is refused",
    reason:
      "The credential must not be sent there, so the call fails with `origin_not_allowed` before a request is sent. This includes URLs that are not `http` or `https`. Use the global `fetch`, or add the origin to `allowedOrigins` if it may receive the credential.",
    shown: [
      {
        by: [
          "a URL with a port that fetch forbids",
          "a URL with an unknown scheme",
          "a data URL",
          "a blob URL",
          "an about URL",
          "a file URL",
          "a Request whose URL has no valid protocol",
        ],
        at: ["result"],
      },
      { by: ["a URL of a foreign origin", "a Request of a foreign origin"], at: ["result", "foreign"] },
    ],
  },
  {
    title: "A URL with a user name or a password is `invalid_options`",
    reason: "Both refuse it. The session's error does not quote the URL.",
    shown: [{ by: ["a URL with a user name", "a URL with a password"], at: ["result.rejects"] }],
  },
  {
    title: "An invalid URL rejects with the error of `new URL`",
    reason: "Both reject with a `TypeError`. The session parses the URL itself, because it checks the origin.",
    shown: [
      {
        by: ["a URL with an invalid port", "a URL without a host", "a signal that is aborted, and an invalid URL"],
        at: ["result.rejects"],
      },
    ],
  },
  {
    title: "`user-agent` is the option `userAgent`",
    reason: "Vendors can identify the program. A `user-agent` of the call has priority.",
    shown: [{ by: ["headers without `user-agent` name the program"], at: ["result"] }],
  },
  {
    title: "The credential cannot be replaced",
    reason: "The session always sets the headers that contain its credential.",
    shown: [{ by: ["the header authorization"], at: ["server.0.headers"] }],
  },
  {
    title: "A header `Host` is refused",
    reason:
      "It could send the credential to another site on the same server, so it is `invalid_options`. Node sends it.",
    shown: [{ by: ["the header host"], at: ["result", "server"] }],
  },
  {
    title: "`Headers` and pairs are sent in lower case",
    reason:
      "Header names are case-insensitive. The names of an object keep their case; conversion of the other forms loses it.",
    shown: [
      {
        by: ["headers as Headers", "headers as pairs", "a Request with headers, and an init without"],
        at: ["server.0.headers"],
      },
    ],
  },
  {
    title: "Headers that are not enumerable are not sent",
    reason: "As in the Fetch standard. Node sends them.",
    shown: [{ by: ["headers that are not enumerable", "headers as a function"], at: ["server.0.headers"] }],
  },
  {
    title: "A symbol as a header name is ignored",
    reason: "A check would slow down each call. Before a login, the session checks the headers and refuses it.",
    when: ["signed in", "revoked"],
    shown: [{ by: ["headers with a symbol as name"], at: ["result", "server"] }],
  },
  {
    title: "A symbol as a header value has another message",
    reason: "Both reject with a `TypeError`. The session converts the values first.",
    when: ["signed in", "revoked"],
    shown: [{ by: ["a header value that is a symbol"], at: ["result.rejects.message"] }],
  },
  {
    title: "Members of a plain init that are not enumerable are not read",
    reason:
      "Reading each member by name would slow down each call. The session does so only for an init that is not a plain object: an instance of a class, a `Request`, or an object that inherits.",
    shown: [
      {
        by: ["an init with members that are not enumerable", "an init that is a Proxy without keys"],
        at: ["server.0"],
      },
    ],
  },
  {
    title: "A plain init is copied instead of being read by name",
    reason: "A getter runs once, as in `fetch`, but in the order of the object.",
    shown: [{ by: ["each member is read once, in the same order, and no other"], at: ["result.read"] }],
  },
  {
    title: "A call that is sent later or again reads its arguments at that time",
    reason:
      "A copy would slow down each call. Do not change a body, a form or headers before the response has arrived.",
    when: ["revoked", "not signed in"],
    shown: [
      {
        by: [
          "an init that is changed after the call",
          "a body that is changed after the call",
          "a form that is changed after the call",
        ],
        at: ["server.0"],
      },
    ],
  },
  {
    title: "An object as body is converted each time the call is sent",
    reason: "As above, for an object with `toString`.",
    when: ["revoked"],
    shown: [{ by: ["a body is read by `toString` once"], at: ["result.calls", "server.0.body"] }],
  },
  {
    title: "A stream that is sent again has a `content-length`",
    reason:
      "A stream of up to `replayLimit` is kept in memory while it is sent, so its length is known the second time.",
    when: ["revoked"],
    shown: [
      {
        by: [
          "a Request with a body as init",
          "an own content-type and a ReadableStream",
          "a body that is a ReadableStream",
          "a body that is a ReadableStream of bytes",
          "a body that is an async generator",
          "a body that is an async iterable of strings",
          "a body that is a Readable of Node",
          "a body that is a Readable of Node with strings",
          "a body that is the body of a Response",
          "a body that is the stream of a Blob",
          "a Request whose body is a ReadableStream",
          "a Request whose body is an async generator",
          "a 303 to a POST of a ReadableStream",
          "a 303 to a POST of a ReadableStream in a Request",
          ...REDIRECTED_STREAMS,
        ],
        at: ["server.0.headers"],
      },
    ],
  },
  {
    title: "A stream of strings is not sent again",
    reason: "The Fetch standard accepts only bytes. A rejection is returned unchanged.",
    when: ["revoked"],
    shown: [{ by: ["a body that is a ReadableStream of strings"], at: ["result.result.response", "server"] }],
  },
  {
    title: "A short stream follows a redirect",
    reason: "It is kept for a resend, so it can also be sent to the new address. `fetch` fails.",
    shown: [{ by: REDIRECTED_STREAMS, at: ["result", "server.1"] }],
  },
  {
    title: "`integrity` fails a call that would be sent again",
    reason:
      "The runtime also checks the body of the rejection, before the session sees the response. A wrong `integrity` fails with the same error.",
    when: ["revoked"],
    shown: [
      { by: ["integrity that is right"], at: ["result", "server"] },
      { by: ["a Request with right integrity"], at: ["result.result", "server"] },
      { by: ["integrity that is wrong", "a Request with wrong integrity"], at: ["server"] },
    ],
  },
  {
    title: "The body of a `Request` is used immediately, but is not locked for long",
    reason: "Before a login, the session copies the `Request`. `bodyUsed` is true in both.",
    when: ["not signed in"],
    shown: [
      { by: ["a Request with a body, and an init with an aborted signal"], at: ["result.after.locked"] },
      { by: ["the same Request with a body twice at once"], at: ["result.1.after.locked"] },
    ],
  },
  ...answerDifferences,
];
