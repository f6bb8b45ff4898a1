import type { PageDescription } from "@vms/core/flow";
import { CliError, usage } from "../../errors/cli-error.ts";
import { EXIT } from "../../errors/exit-codes.ts";
import type { Profile } from "../../profiles/profile.ts";
import { vendors } from "../../profiles/vendors.ts";
import type { ApiRequest } from "./api-request.ts";

/** A larger page is not read, in bytes. */
const LIMIT = 64 * 1024 * 1024;

/**
 * Checks whether a call can be repeated for each page, before anything is sent.
 * @throws {CliError} with status 2 if it cannot.
 */
export function pagesFor({ method }: ApiRequest, { vendor }: Profile): PageDescription {
  const { title, pages } = vendors[vendor];
  if (method !== "GET")
    throw usage(`--paginate repeats a GET, not a ${method}.`, "Leave out --paginate, or use -X GET.");
  if (pages === undefined) {
    throw usage(`--paginate: ${title} does not document lists in pages.`, "Leave out --paginate.");
  }
  return pages;
}

/**
 * Reads a list page by page into one JSON array. One page at a time is in memory.
 * @param first the response with the first page.
 * @param call makes the call of another page.
 */
export async function* listPages(
  { path }: ApiRequest,
  pages: PageDescription,
  first: Response,
  call: (path: string) => Promise<Response>,
): AsyncGenerator<Buffer> {
  const seen = new Set<string>();
  let response = first;
  let separator = "[\n";
  for (let number = 1; ; number++) {
    const { items, cursor } = readPage(await textOf(response, number), pages, number);
    for (const item of items) {
      yield Buffer.from(separator + JSON.stringify(item));
      separator = ",\n";
    }
    if (cursor === undefined) break;
    if (seen.has(cursor)) throw unexpected(`page ${number} leads back to an earlier page.`);
    seen.add(cursor);
    response = await call(withParameter(path, pages.parameter, cursor));
    if (!response.ok) {
      await response.body?.cancel();
      const status = response.status === 429 || response.status >= 500 ? EXIT.unavailable : EXIT.clientError;
      throw new CliError(status, `the vendor answered ${response.status} to page ${number + 1}.`, INCOMPLETE);
    }
  }
  yield Buffer.from(separator === "[\n" ? "[]\n" : "\n]\n");
}

const INCOMPLETE = "The list is incomplete. Run it again.";

function unexpected(message: string): CliError {
  return new CliError(EXIT.unexpected, message, "The list is incomplete.");
}

async function textOf(response: Response, number: number): Promise<string> {
  const decoder = new TextDecoder();
  let size = 0;
  let text = "";
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > LIMIT) throw unexpected(`page ${number} is larger than ${LIMIT / 1024 / 1024} MiB.`);
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

interface Page {
  readonly items: readonly unknown[];
  /** `undefined` on the last page. */
  readonly cursor: string | undefined;
}

function readPage(text: string, { items: member, next, parameter }: PageDescription, number: number): Page {
  const body = parseExactly(text);
  // Some lists are not split.
  if (Array.isArray(body)) return { items: body, cursor: undefined };
  const items = memberOf(body, member);
  if (!Array.isArray(items)) {
    throw new CliError(
      EXIT.unexpected,
      `page ${number} is not a list: it has no "${member}".`,
      number === 1 ? "Leave out --paginate." : INCOMPLETE,
    );
  }
  const link = next.reduce(memberOf, body);
  if (link === undefined || link === null || link === "") return { items, cursor: undefined };
  const cursor = cursorIn(link, parameter);
  if (cursor === undefined) throw unexpected(`page ${number} has a malformed "${next.join(".")}".`);
  return { items, cursor };
}

/** The cursor in a link. Only the parameter of a URL is used: its host is never called. */
function cursorIn(link: unknown, parameter: string): string | undefined {
  const text = numberOr(link);
  if (typeof text !== "string" || text.length > 10_000) return undefined;
  const at = text.indexOf("?");
  if (at >= 0) return new URLSearchParams(text.slice(at)).get(parameter) || undefined;
  return /^(https?:\/)?\//i.test(text) ? undefined : text;
}

function withParameter(path: string, name: string, value: string): string {
  const [bare = ""] = path.split("#");
  const at = bare.indexOf("?");
  const query = new URLSearchParams(at < 0 ? "" : bare.slice(at));
  query.set(name, value);
  return `${at < 0 ? bare : bare.slice(0, at)}?${query}`;
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}

// `rawJSON` and the third parameter of revivers are standard, but not yet in TypeScript's library.
const { rawJSON, isRawJSON } = JSON as typeof JSON & {
  rawJSON(text: string): { readonly rawJSON: string };
  isRawJSON(value: unknown): value is { readonly rawJSON: string };
};

function numberOr(value: unknown): unknown {
  return isRawJSON(value) ? value.rawJSON : value;
}

/** Parses JSON. Numbers keep all their digits. */
function parseExactly(text: string): unknown {
  const asWritten = (_key: string, value: unknown, context?: { readonly source?: string }) =>
    typeof value === "number" && context?.source !== undefined ? rawJSON(context.source) : value;
  try {
    return JSON.parse(text, asWritten);
  } catch {
    return undefined;
  }
}
