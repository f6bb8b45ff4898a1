import type { Difference } from "./difference.ts";

/** The differences in the responses, errors and redirects of `session.fetch`. */
export const answerDifferences: readonly Difference[] = [
  {
    title: "The cause of a failure has only its code",
    reason:
      "The original cause can quote a header or a part of a response, and therefore a secret. A failure without a code has no cause. This also applies if your own stream or dispatcher fails.",
    shown: [
      {
        by: [
          "the server answers with a response after 100",
          "the server answers with a status of 099",
          "the server answers with headers that are too large",
          "the server answers with no response",
          "the server answers with two lengths",
          "the server answers with an unrequested switch of protocols",
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
      "It can contain the session's credential. Browsers hide it too. The headers of such a response are mutable.",
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
    reason: "There is no other way to set `redirected`. The properties are not enumerable.",
    shown: [{ by: ["a redirected response is a Response without own properties"], at: ["result.0"] }],
  },
  {
    title: "A redirect that cannot be followed is `unexpected_response`",
    reason: "The error names the problem. The error of `fetch` is “fetch failed”.",
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
    title: "A redirect to another origin does not make the response `cors`",
    reason: "The session follows redirects itself. In Node, nothing depends on the type.",
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
    title: "A redirect to another origin drops the caller's own headers",
    reason: "They can contain secrets. Headers such as `accept` and `content-type` are kept.",
    shown: [
      {
        by: ["a redirect to a foreign origin with own headers", "a redirect to a foreign origin with a body"],
        at: ["foreign.0.headers"],
      },
    ],
  },
  {
    title: "A 401 is sent again once",
    reason:
      "The session signs in and sends the call again. If the second request is rejected too, its response is returned.",
    when: ["signed in", "not signed in"],
    shown: [{ by: ["the server answers with 401, always"], at: ["server"] }],
  },
  {
    title: "An aborted signal has priority over an invalid method",
    reason: "For each failure of an aborted call, the session throws the abort reason.",
    when: ["signed in", "revoked"],
    shown: [{ by: ["a signal that is aborted, and an invalid method"], at: ["result.rejects"] }],
  },
];
