import { Buffer } from "node:buffer";
import type { IncomingHttpHeaders } from "node:http";
import type { ResponseHead } from "./exchange.ts";
import { once } from "./once.ts";

const headersClass = once(() => {
  class ResponseHeaders extends Headers {
    override append(): void {
      throw new TypeError("immutable");
    }

    override delete(): void {
      throw new TypeError("immutable");
    }

    override set(): void {
      throw new TypeError("immutable");
    }
  }
  // Programs and logs see the global class.
  Object.defineProperty(ResponseHeaders.prototype, "constructor", { value: Headers });
  return ResponseHeaders;
});

/** Creates immutable global `Headers` for a response. */
export function responseHeaders(head: Pick<ResponseHead, "headers" | "rawHeaders">): Headers {
  const ResponseHeaders = headersClass();
  return new ResponseHeaders(isPlain(head.headers) ? head.headers : pairsOf(head));
}

/** Whether undici's headers can be used as they are, without repeated names and non-ASCII values. */
function isPlain(headers: IncomingHttpHeaders): headers is Record<string, string> {
  for (const name in headers) {
    const value = headers[name];
    if (name === "__proto__" || typeof value !== "string" || !/^[\t -~]*$/.test(value)) return false;
  }
  return true;
}

function pairsOf({ headers, rawHeaders }: Pick<ResponseHead, "headers" | "rawHeaders">): [string, string][] {
  const pairs: [string, string][] = [];
  if (!Array.isArray(rawHeaders)) {
    for (const [name, value] of Object.entries(headers)) {
      for (const one of Array.isArray(value) ? value : [value ?? ""]) pairs.push([name, one]);
    }
    return pairs;
  }
  for (let n = 0; n < rawHeaders.length; n += 2) pairs.push([latin1(rawHeaders[n]), latin1(rawHeaders[n + 1])]);
  return pairs;
}

function latin1(bytes: unknown): string {
  return Buffer.isBuffer(bytes) ? bytes.toString("latin1") : String(bytes);
}
