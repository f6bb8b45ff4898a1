import ky from "ky";
import type { Signed } from "../src/client.ts";

/** The platform's `fetch`, and ky configured like a session's, below a base URL: the basis of the comparison. */
export function bare(origin: string): Signed {
  const below: typeof fetch = (input, init) =>
    fetch(typeof input === "string" && !input.startsWith("http") ? `${origin}/${input}` : input, init);
  return { fetch: below, http: ky.create({ prefix: origin, timeout: false, retry: 0 }) };
}
