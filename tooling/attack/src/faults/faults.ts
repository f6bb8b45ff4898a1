import type { ScriptedAnswer } from "@vms/simulator";

/** URLs that a fault can use: one of the vendor, one of another server. */
interface Places {
  readonly home: string;
  readonly away: string;
}

/** One row of the table. */
export interface Fault {
  readonly name: string;
  /** For a fault below HTTP: the server that the request reaches instead of the vendor. */
  readonly endpoint?: "nobody" | "plain" | "self-signed";
  /** For a fault in an answer. `times` is how many requests of the step it affects. */
  readonly answer?: (places: Places) => ScriptedAnswer;
  /** Only a time limit ends the wait. */
  readonly stalls?: "before-headers" | "in-body";
}

const ALWAYS = 1_000;

// The bodies quote the secrets of the request, as some servers do.
const QUOTE = "<password>, <token>, <code>";
const body = JSON.stringify({ message: QUOTE, code: "BAD_PARAM", desc: QUOTE });

const status =
  (code: number, times: number, headers: Record<string, string> = {}) =>
  (): ScriptedAnswer => ({ status: code, times, body, headers: { "content-type": "application/json", ...headers } });

export const faults: readonly Fault[] = [
  { name: "refused: nobody listens", endpoint: "nobody" },
  { name: "reset before headers, once", answer: () => ({ drop: "before-headers" }) },
  { name: "reset before headers, always", answer: () => ({ drop: "before-headers", times: ALWAYS }) },
  { name: "acted on, then reset, once", answer: () => ({ drop: "before-headers", after: true }) },
  { name: "cut off in the body, once", answer: () => ({ drop: "in-body" }) },
  { name: "cut off in the body, always", answer: () => ({ drop: "in-body", times: ALWAYS }) },
  {
    name: "stall before headers",
    stalls: "before-headers",
    answer: () => ({ stall: "before-headers", times: ALWAYS }),
  },
  { name: "stall in the body", stalls: "in-body", answer: () => ({ stall: "in-body", times: ALWAYS }) },
  { name: "500 twice, then good", answer: status(500, 2) },
  { name: "500 always", answer: status(500, ALWAYS) },
  { name: "429 once, without Retry-After", answer: status(429, 1) },
  { name: "429 once, Retry-After: 0", answer: status(429, 1, { "retry-after": "0" }) },
  { name: "429, Retry-After: 60", answer: status(429, ALWAYS, { "retry-after": "60" }) },
  { name: "401 once", answer: status(401, 1) },
  { name: "302 home, once", answer: ({ home }) => status(302, 1, { location: home })() },
  { name: "302 away, once", answer: ({ away }) => status(302, 1, { location: away })() },
  { name: "https:// to a server without TLS", endpoint: "plain" },
  { name: "https:// to a self-signed server", endpoint: "self-signed" },
  { name: "200 with an empty body, once", answer: () => ({ status: 200, body: "" }) },
];
