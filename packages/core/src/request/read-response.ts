import type { FlowResponse } from "../contract/flow/flow-response.ts";
import { type Schema, validate } from "../contract/schema.ts";
import { RateLimited } from "../errors/rate-limited.ts";
import { UnexpectedResponse } from "../errors/unexpected-response.ts";
import { VendorUnavailable } from "../errors/vendor-unavailable.ts";
import { parseRetryAfter } from "../net/retry-after.ts";

interface WaitReading {
  /** Ms since the epoch by the vendor's clock. */
  readonly vendorNow: number;
  /** `retry.maxDelay`, in ms. */
  readonly unreadable: number;
}

/** @param what the request in errors, for example `POST api/v1/dologin`. */
export function readResponse(
  vendor: string,
  what: string,
  response: Pick<Response, "status" | "headers">,
  text: string,
  { vendorNow, unreadable }: WaitReading,
  redact: (text: string) => string = (text) => text,
): FlowResponse {
  const { status, headers } = response;
  const read = (): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      throw new UnexpectedResponse(
        vendor,
        `the response to ${what} (status ${status}) is ${describe(text, headers)}, not JSON.`,
        { status },
      );
    }
  };
  const json = <T>(schema: Schema<T>): T => validate(schema, read(), vendor, `the response to ${what}`, status, redact);
  const shown: Omit<FlowResponse, "text"> = {
    status,
    ok: status >= 200 && status < 300,
    headers,
    json,
    safeJson(schema) {
      try {
        return json(schema);
      } catch {
        return undefined;
      }
    },
    toError() {
      const retryAfter = parseRetryAfter(headers.get("retry-after"), vendorNow, unreadable);
      if (status === 429) {
        return new RateLimited(vendor, `the vendor answered ${what} with 429: too many requests.`, {
          status,
          retryAfter,
        });
      }
      if (status >= 500) {
        const failed = `the vendor answered ${what} with ${status}: its server failed.`;
        return new VendorUnavailable(vendor, failed, { status, retryAfter });
      }
      const moved = status >= 300 && status < 400 ? " (a redirect, which a login does not follow)" : "";
      return new UnexpectedResponse(
        vendor,
        `the vendor answered ${what} with ${status}${moved}, which it does not document.`,
        { status, retryAfter },
      );
    },
  };
  // Not enumerable, so that neither `inspect` nor JSON shows a body with a token.
  return Object.defineProperty(shown, "text", { value: text }) as FlowResponse;
}

function describe(text: string, headers: Headers): string {
  if (text === "") return "empty";
  if (/^\s*</.test(text)) return "HTML or XML";
  return (headers.get("content-type") ?? "").includes("json") ? "truncated or malformed JSON" : "another format";
}
