import type { ScriptedAnswer } from "@vms/simulator";

/** Redirect targets: a URL of the vendor and a URL of another server. */
interface Places {
  readonly home: string;
  readonly away: string;
}

/** The kinds of faults: the sections of the page. */
export type Theme = "Connection" | "Timeouts" | "TLS" | "Responses" | "Redirects";

/** A fault that is injected into the requests of one step. */
export interface Fault {
  readonly theme: Theme;
  readonly name: string;
  /** A sentence for the page. */
  readonly about: string;
  /** For a fault below HTTP: what answers instead of the vendor. */
  readonly endpoint?: "nobody" | "plain" | "self-signed";
  /** For a fault in a response. Its `times` is the number of requests that it affects. */
  readonly answer?: (places: Places) => ScriptedAnswer;
  /** The request hangs until a timeout fires. */
  readonly stalls?: "before-headers" | "in-body";
}

const ALWAYS = 1_000;

// Some servers quote the request's secrets in an error.
const QUOTE = "<password>, <token>, <code>";
const body = JSON.stringify({ message: QUOTE, code: "BAD_PARAM", desc: QUOTE });

const status =
  (code: number, times: number, headers: Record<string, string> = {}) =>
  (): ScriptedAnswer => ({ status: code, times, body, headers: { "content-type": "application/json", ...headers } });

export const faults: readonly Fault[] = [
  {
    theme: "Connection",
    name: "Connection refused",
    about: "Nothing listens at the vendor's address.",
    endpoint: "nobody",
  },
  {
    theme: "Connection",
    name: "Reset, once",
    about: "The connection is reset before the headers of the first response.",
    answer: () => ({ drop: "before-headers" }),
  },
  {
    theme: "Connection",
    name: "Reset, always",
    about: "The connection is reset before the headers of every response.",
    answer: () => ({ drop: "before-headers", times: ALWAYS }),
  },
  {
    theme: "Connection",
    name: "Lost response, once",
    about: "The vendor processes the first request, but the connection is reset before its response.",
    answer: () => ({ drop: "before-headers", after: true }),
  },
  {
    theme: "Connection",
    name: "Body cut off, once",
    about: "The connection is reset in the body of the first response.",
    answer: () => ({ drop: "in-body" }),
  },
  {
    theme: "Connection",
    name: "Body cut off, always",
    about: "The connection is reset in the body of every response.",
    answer: () => ({ drop: "in-body", times: ALWAYS }),
  },
  {
    theme: "Timeouts",
    name: "Stalled headers",
    about: "The vendor accepts the request and sends nothing.",
    stalls: "before-headers",
    answer: () => ({ stall: "before-headers", times: ALWAYS }),
  },
  {
    theme: "Timeouts",
    name: "Stalled body",
    about: "The vendor sends the headers and half of the body, and then nothing.",
    stalls: "in-body",
    answer: () => ({ stall: "in-body", times: ALWAYS }),
  },
  {
    theme: "Responses",
    name: "500, twice",
    about: "The first two responses have the status 500.",
    answer: status(500, 2),
  },
  { theme: "Responses", name: "500, always", about: "Every response has the status 500.", answer: status(500, ALWAYS) },
  {
    theme: "Responses",
    name: "429, no Retry-After",
    about: "The first response has the status 429, without `Retry-After`.",
    answer: status(429, 1),
  },
  {
    theme: "Responses",
    name: "429, Retry-After: 0",
    about: "The first response has the status 429, with `Retry-After: 0`.",
    answer: status(429, 1, { "retry-after": "0" }),
  },
  {
    theme: "Responses",
    name: "429, Retry-After: 60",
    about: "Every response has the status 429, with `Retry-After: 60`.",
    answer: status(429, ALWAYS, { "retry-after": "60" }),
  },
  { theme: "Responses", name: "401, once", about: "The first response has the status 401.", answer: status(401, 1) },
  {
    theme: "Redirects",
    name: "302 to the vendor",
    about: "The first response redirects to another URL of the vendor.",
    answer: ({ home }) => status(302, 1, { location: home })(),
  },
  {
    theme: "Redirects",
    name: "302 elsewhere",
    about: "The first response redirects to another origin.",
    answer: ({ away }) => status(302, 1, { location: away })(),
  },
  {
    theme: "TLS",
    name: "No TLS",
    about: "The URL starts with `https://`, but the server does not use TLS.",
    endpoint: "plain",
  },
  {
    theme: "TLS",
    name: "Self-signed certificate",
    about: "The server's certificate is not trusted.",
    endpoint: "self-signed",
  },
  {
    theme: "Responses",
    name: "Empty body, once",
    about: "The first response has the status 200 and an empty body.",
    answer: () => ({ status: 200, body: "" }),
  },
];
