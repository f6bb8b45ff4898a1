import type { Difference } from "./difference.ts";

/** The differences between `session.http` and an instance of ky with the same `baseUrl`, `timeout: false` and `retry: 0`. */
export const kyDifferences: readonly Difference[] = [
  {
    title: "A path with a slash is below the base URL",
    reason:
      "ky reads it as a path of the origin. A vendor's API often has a base path, and its documentation writes paths with a slash.",
    shown: [
      {
        by: [
          "an input that is a path with a slash",
          "the options a prefix with a slash",
          "extend() with a prefix with a slash",
        ],
        at: ["result.url", "server.0.url"],
      },
    ],
  },
  {
    title: "A URL outside the session's origins is refused",
    reason: "The credential must not be sent there, so the call fails with `origin_not_allowed`.",
    shown: [{ by: ["an input that is a foreign origin"], at: ["result", "foreign"] }],
  },
  {
    title: "A path that looks like a scheme is refused with advice",
    reason: "Both refuse it. The session's error says to start the path with a slash.",
    shown: [{ by: ["an input that is a path with a colon"], at: ["result.rejects"] }],
  },
  {
    title: "A stream that is sent again has a `content-length`",
    reason:
      "A stream of up to `replayLimit` is kept in memory while it is sent. With `onUploadProgress`, ky converts the body to a stream.",
    when: ["revoked"],
    shown: [
      {
        by: [
          "a body of a ReadableStream",
          "extend() with a body of a ReadableStream",
          "onUploadProgress of a stream",
          "onUploadProgress of a string",
          "onUploadProgress of json",
          "retries of a PUT with a stream",
        ],
        at: ["server.0.headers"],
      },
    ],
  },
  {
    title: "`baseUrl` can be a `URL`",
    reason: "The types of ky allow it, but an instance with its own base URL reads it as “[object Object]”.",
    shown: [{ by: ["the options a baseUrl that is a URL"], at: ["result", "server"] }],
  },
  {
    title: "`null` as options means no options",
    reason: "ky refuses them. The session adds its own options.",
    shown: [{ by: ["the options options that are null"], at: ["result", "server"] }],
  },
  {
    title: "Inherited options are not read",
    reason: "ky reads inherited `headers` of a call, but not an inherited `method`. The session reads neither.",
    shown: [{ by: ["the options options that are inherited"], at: ["server.0.headers"] }],
  },
  {
    title: "`create()` keeps the session's base URL and fetch",
    reason: "An instance without them could not make the session's calls.",
    shown: [{ by: ["create() with nothing"], at: ["result", "server"] }],
  },
  {
    title: "The defaults contain `fetch`",
    reason: "It is the session's `fetch`.",
    shown: [{ by: ["extend() with a function that receives the defaults"], at: ["server.0.headers"] }],
  },
  {
    title: "`Set-Cookie` is hidden",
    reason: "It can contain the session's credential. The headers of such a response are mutable.",
    shown: [
      {
        by: ["a 404 with a cookie"],
        at: ["headers", "setCookie", "headersCanChange"].map((fact) => `result.rejects.response.${fact}`),
      },
    ],
  },
];
