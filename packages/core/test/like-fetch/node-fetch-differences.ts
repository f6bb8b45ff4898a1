import type { Difference } from "./difference.ts";

const STREAMS = [
  "a body that is a ReadableStream",
  "a body that is a ReadableStream of bytes",
  "a body that is an empty ReadableStream",
  "a body that is a ReadableStream of strings",
  "a body that is a ReadableStream that fails",
  "a body that is a ReadableStream that failed before",
  "a body that is the body of a Response",
  "a body that is the stream of a Blob",
  "an own content-type and a ReadableStream",
  "a stream with a content-length",
];
const REDIRECTED = [301, 302, 303, 307, 308].map((status) => `a ${status} to a POST of a ReadableStream in a Request`);

/** The differences between `nodeFetch` and the global `fetch` of Node. */
export const nodeFetchDifferences: readonly Difference[] = [
  {
    title: "A response is an instance of a subclass of `Response`, and its headers of a subclass of `Headers`",
    reason:
      "The subclass reads a body without a stream, which causes most of the cost of a `Response`. `instanceof`, `constructor` and all members are as in `fetch`. Only a method that is taken from `Response.prototype` and called on such a response finds no body.",
    shown: [
      {
        by: [
          "a look at a response: its prototype",
          "a look at a response: the headers' prototype",
          "a look at a response: Response.prototype.text",
        ],
        at: ["result"],
      },
    ],
  },
  {
    title: "`Headers` are sent in lower case",
    reason: "Header names are case-insensitive. The names of an object and of pairs keep their case.",
    shown: [{ by: ["headers as Headers", "a Request with headers, and an init without"], at: ["server.0.headers"] }],
  },
  {
    title: "A header `__proto__` is sent",
    reason: "As in the Fetch standard. Node drops it.",
    shown: [
      { by: ["the header name __proto__", "a header __proto__ that is an own property"], at: ["server.0.headers"] },
    ],
  },
  {
    title: "A short stream of a `Request` is sent with its length",
    reason:
      "JavaScript cannot see the source of a `Request`'s body. The body is read for at most 10 ms, up to 1 MiB. A body that is complete by then is sent with `content-length`, and is sent again after a redirect. If it was a stream, `fetch` fails at such a redirect.",
    shown: [
      {
        by: ["a Request whose body is a ReadableStream", "a Request whose body is an async generator", ...REDIRECTED],
        at: ["server.0.headers"],
      },
      {
        by: REDIRECTED.filter((name) => !name.startsWith("a 303")),
        at: ["result.rejects", "result.response", "server.1"],
      },
    ],
  },
  {
    title: "The body of a `Request` is unlocked if its call is aborted before it starts",
    reason: "The body has been read, as in `fetch`.",
    shown: [{ by: ["a Request with a body, and an init with an aborted signal"], at: ["result.after.locked"] }],
  },
  {
    title: "A `Request` is read by its properties",
    reason: "JavaScript cannot see the internal state. This matters only if a property was replaced.",
    shown: [{ by: ["a Request with a changed url"], at: ["result.result.response", "server.0.url"] }],
  },
  {
    title: "The dispatcher of a `Request` is not used",
    reason:
      "JavaScript cannot see it. A dispatcher in the options of the call is used, with its own version of undici.",
    shown: [
      {
        by: ["a Request with a dispatcher"],
        at: ["result.result.rejects", "result.result.response", "result.calls", "server.0"],
      },
    ],
  },
  {
    title: "A `Request` and a `FormData` of undici are accepted",
    reason: "`fetch` converts them to strings.",
    shown: [
      { by: ["a Request of undici's package"], at: ["result.rejects", "result.response", "server.0"] },
      { by: ["a body that is a FormData of undici"], at: ["server.0.headers", "server.0.body"] },
    ],
  },
  {
    title: "With undici 8, a stream is unlocked after it has been sent",
    reason: "This is the behaviour of undici 8. Node's `fetch` is undici 7.",
    when: ["undici 8"],
    shown: [{ by: STREAMS, at: ["result.locked"] }],
  },
  {
    title: "An empty body is accepted as zstd",
    reason: "This is consistent with the other codings. Some servers name a coding for each response.",
    shown: [
      { by: ["a response in no bytes as zstd"], at: ["result.rejects", "result.text"] },
      { by: ["a stream in no bytes as zstd"], at: ["result"] },
    ],
  },
  {
    title: "Only one byte order mark is removed from a text",
    reason: "As in the Encoding standard. Node removes two.",
    shown: [
      { by: ["two BOMs is read by text()"], at: ["result.text"] },
      { by: ["two BOMs is read by json()"], at: ["result.rejects.message"] },
    ],
  },
  {
    title: "White space at the end of a header's value is removed",
    reason: "As in HTTP. Node keeps it.",
    shown: [{ by: ["a response with a header with spaces around its value"], at: ["result.response.headers"] }],
  },
  {
    title: "A call has no resource timing entry",
    reason: "Entries cost time and memory, and servers do not read them.",
    shown: [{ by: ["a call has an entry of resource timing"], at: ["result"] }],
  },
];
