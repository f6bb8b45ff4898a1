import type { Difference } from "./difference.ts";

/** The differences in the responses, errors and redirects of `session.fetch`. */
export const answerDifferences: readonly Difference[] = [
  {
    title: "The cause of a failure is its code only",
    reason:
      "The original cause can quote a header or a part of a response, and so a secret. A failure without a code has no cause. This includes an own stream or dispatcher that fails.",
    shown: [
      {
        by: [
          "the server answers with a response after 100",
          "the server answers with a status of 099",
          "the server answers with headers that are too large",
          "the server answers with no response",
          "the server answers with two lengths",
          "the server answers with a switch of protocols that nobody asked for",
          "the server answers with a folded header",
          "the server answers with nonsense in place of a response",
          "the server answers with a reset in place of a response",
          "the server answers with a reset within the headers",
        ],
        at: ["result.rejects.cause"],
      },
      {
        by: [
          "a dispatcher that is no dispatcher",
          "a body that is a Readable of Node that fails",
          "the server answers with 407",
        ],
        at: ["result.rejects.cause"],
      },
      {
        by: [
          "a dispatcher gets the call",
          "a body that is a ReadableStream that fails",
          "a body that is a ReadableStream that failed before",
          "a Request whose body is a ReadableStream that fails",
          "a Request with a dispatcher",
        ],
        at: ["result.result.rejects.cause"],
      },
      { by: ["the error of a stream is the cause of the rejection"], at: ["result.error.cause", "result.cause"] },
    ],
  },
  {
    title: "`Set-Cookie` is hidden",
    reason:
      "It can hold the session's credential. A browser hides it too. The headers of such a response can be changed.",
    shown: [
      {
        by: [
          "the server answers with a cookie",
          "the server answers with two cookies and a Location",
          "the server answers a HEAD with a cookie",
        ],
        at: ["result.response.headers", "result.response.setCookie", "result.response.headersCanChange"],
      },
      {
        by: ["a clone of a response with a cookie"],
        at: ["0", "1", "2"].flatMap((n) =>
          ["headers", "setCookie", "headersCanChange"].map((fact) => `result.${n}.${fact}`),
        ),
      },
    ],
  },
  {
    title: "A redirected response has own properties",
    reason: "`redirected` cannot be set in another way. They are not enumerable.",
    shown: [{ by: ["a redirected response is a Response without own properties"], at: ["result.0"] }],
  },
  {
    title: "A redirect that cannot be followed is `unexpected_response`",
    reason: "The error says what was wrong with it. `fetch` says “fetch failed”.",
    shown: [
      {
        by: [
          ...["an unknown scheme", "a data URL", "a file URL", "javascript", "an invalid URL", "an invalid port"],
          ...["a user name", "a password"],
        ]
          .map((what) => `a redirect whose Location is or has ${what}`)
          .concat("a chain of 21 redirects", "two URLs that redirect to each other"),
        at: ["result.rejects"],
      },
    ],
  },
  {
    title: "A redirect to a foreign origin does not make the response `cors`",
    reason: "The session follows redirects itself. Nothing depends on the type in Node.",
    shown: [
      {
        by: [
          "a redirect to a foreign origin",
          "a redirect to a foreign origin and back",
          "a redirect to a foreign origin with own headers",
          "a redirect to a foreign origin with a body",
        ],
        at: ["result.response.type"],
      },
    ],
  },
  {
    title: "A redirect to a foreign origin loses the caller's own headers",
    reason: "They may hold secrets. Headers such as `accept` and `content-type` go along.",
    shown: [
      {
        by: ["a redirect to a foreign origin with own headers", "a redirect to a foreign origin with a body"],
        at: ["foreign.0.headers"],
      },
    ],
  },
  {
    title: "A 401 is sent again once",
    reason: "The session signs in and sends the call again. If that is rejected too, its response is returned.",
    when: ["signed in", "not signed in"],
    shown: [{ by: ["the server answers with 401, always"], at: ["server"] }],
  },
  {
    title: "An aborted signal has priority over an invalid method",
    reason: "The session reports the abort's reason for every failure of an aborted call.",
    when: ["signed in", "revoked"],
    shown: [{ by: ["a signal that is aborted, and an invalid method"], at: ["result.rejects"] }],
  },
];
