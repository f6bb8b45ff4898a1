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
  { theme: "Connection", name: "Connection refused", endpoint: "nobody" },
  { theme: "Connection", name: "Reset before the headers, once", answer: () => ({ drop: "before-headers" }) },
  {
    theme: "Connection",
    name: "Reset before the headers, always",
    answer: () => ({ drop: "before-headers", times: ALWAYS }),
  },
  {
    theme: "Connection",
    name: "Reset after the vendor acted on the request, once",
    answer: () => ({ drop: "before-headers", after: true }),
  },
  { theme: "Connection", name: "Reset in the body, once", answer: () => ({ drop: "in-body" }) },
  { theme: "Connection", name: "Reset in the body, always", answer: () => ({ drop: "in-body", times: ALWAYS }) },
  {
    theme: "Timeouts",
    name: "Stall before the headers",
    stalls: "before-headers",
    answer: () => ({ stall: "before-headers", times: ALWAYS }),
  },
  {
    theme: "Timeouts",
    name: "Stall in the body",
    stalls: "in-body",
    answer: () => ({ stall: "in-body", times: ALWAYS }),
  },
  { theme: "Responses", name: "500 twice", answer: status(500, 2) },
  { theme: "Responses", name: "500 always", answer: status(500, ALWAYS) },
  { theme: "Responses", name: "429 once, without Retry-After", answer: status(429, 1) },
  { theme: "Responses", name: "429 once, Retry-After: 0", answer: status(429, 1, { "retry-after": "0" }) },
  { theme: "Responses", name: "429 always, Retry-After: 60", answer: status(429, ALWAYS, { "retry-after": "60" }) },
  { theme: "Responses", name: "401 once", answer: status(401, 1) },
  { theme: "Redirects", name: "302 to the vendor, once", answer: ({ home }) => status(302, 1, { location: home })() },
  {
    theme: "Redirects",
    name: "302 to another origin, once",
    answer: ({ away }) => status(302, 1, { location: away })(),
  },
  { theme: "TLS", name: "Server without TLS at an https:// URL", endpoint: "plain" },
  { theme: "TLS", name: "Self-signed certificate", endpoint: "self-signed" },
  { theme: "Responses", name: "200 with an empty body, once", answer: () => ({ status: 200, body: "" }) },
];
