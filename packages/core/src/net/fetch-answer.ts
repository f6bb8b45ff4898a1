import { InvalidOptions } from "../errors/invalid-options.ts";
import { MAX_RESPONSE_BYTES, readBody } from "./read-body.ts";

interface FetchAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** `undefined` if the body is larger than `MAX_RESPONSE_BYTES`. */
  readonly text: string | undefined;
  /** The error for non-standard responses, although this one was readable. */
  readonly unfit: InvalidOptions | undefined;
}

/** @throws {InvalidOptions} `invalid_options` if `fetch` returned no response, or an unreadable one. */
export async function readAnswer(vendor: string, response: Response): Promise<FetchAnswer> {
  if (isStandard(response)) {
    const { status, headers } = response;
    return { status, headers, text: await readBody(response, MAX_RESPONSE_BYTES), unfit: undefined };
  }
  const unfit = new InvalidOptions(
    vendor,
    "`fetch` must return responses of the Fetch standard: with `Headers`, and with a web stream as `body`. Use the global `fetch` of Node, or another one whose responses have `body.getReader`.",
  );
  const { status, headers, text } = Object(response) as Partial<Response>;
  if (typeof status !== "number" || typeof text !== "function") throw unfit;
  return { status, headers: toHeaders(headers), text: await response.text(), unfit };
}

function isStandard(response: Response): boolean {
  const { body, headers } = Object(response) as Partial<Response>;
  return typeof headers?.get === "function" && (body === null || typeof body?.getReader === "function");
}

function toHeaders(given: HeadersInit | undefined): Headers {
  try {
    return new Headers(given);
  } catch {
    return new Headers();
  }
}
