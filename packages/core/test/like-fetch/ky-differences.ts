import type { Difference } from "./difference.ts";

/** The differences between `session.http` and an instance of ky with the same `baseUrl`, `timeout: false` and `retry: 0`. */
export const kyDifferences: readonly Difference[] = [
  {
    title: "A path with a slash is below the base URL",
    reason:
      "ky takes it as a path of the origin. A vendor's API often has a base path, and its documentation writes the slash.",
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
    title: "A URL outside of the session's origins is refused",
    reason: "The credential must not go there: `origin_not_allowed`.",
    shown: [{ by: ["an input that is a foreign origin"], at: ["result", "foreign"] }],
  },
  {
    title: "A path that looks like a scheme is refused with advice",
    reason: "Both refuse it. The session's error says to begin the path with a slash.",
    shown: [{ by: ["an input that is a path with a colon"], at: ["result.rejects"] }],
  },
  {
    title: "A stream that is sent again has a `content-length`",
    reason:
      "A stream up to `replayLimit` is kept in memory while it is sent. ky makes a stream of a body with `onUploadProgress`.",
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
    reason: "ky's types allow it, but an instance with a base URL of its own reads it as “[object Object]”.",
    shown: [{ by: ["the options a baseUrl that is a URL"], at: ["result", "server"] }],
  },
  {
    title: "Options that are `null` are taken as none",
    reason: "ky refuses them. The session adds its own options.",
    shown: [{ by: ["the options options that are null"], at: ["result", "server"] }],
  },
  {
    title: "Options that are inherited are not read",
    reason: "ky reads inherited `headers` of a call, but not an inherited `method`. The session reads neither.",
    shown: [{ by: ["the options options that are inherited"], at: ["server.0.headers"] }],
  },
  {
    title: "`create()` keeps the session's base URL and fetch",
    reason: "An instance without them could not make a call of the session.",
    shown: [{ by: ["create() with nothing"], at: ["result", "server"] }],
  },
  {
    title: "The defaults have `fetch`",
    reason: "It is the session's.",
    shown: [{ by: ["extend() with a function that sees what is set"], at: ["server.0.headers"] }],
  },
  {
    title: "`Set-Cookie` is hidden",
    reason: "It can hold the session's credential. The headers of such a response can be changed.",
    shown: [
      {
        by: ["a 404 with a cookie"],
        at: ["headers", "setCookie", "headersCanChange"].map((fact) => `result.rejects.response.${fact}`),
      },
    ],
  },
];
