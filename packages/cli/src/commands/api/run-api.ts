import { Readable } from "node:stream";
import type { ReadableStream as NodeReadableStream } from "node:stream/web";
import { parseRetryAfter } from "@vms/core/flow";
import { interruptible } from "../../command-line/interrupt.ts";
import type { Terminal } from "../../command-line/terminal.ts";
import { withErrorContext } from "../../error-messages/with-error-context.ts";
import { EXIT, type ExitCode } from "../../errors/exit-codes.ts";
import type { Profile } from "../../profiles/profile.ts";
import { profileAndArgument } from "../../profiles/profile-and-argument.ts";
import { openProfile } from "../../sessions/open-profile.ts";
import type { System } from "../../system/system.ts";
import type { ApiOptions } from "./api-options.ts";
import { type ApiRequest, readApiRequest } from "./api-request.ts";
import { type Output, openOutput } from "./output.ts";
import { escapeForTerminal, printBody } from "./print-body.ts";
import { explainFailure, recordFailure } from "./request-failure.ts";
import { type SendResult, sendRequest } from "./send-request.ts";
import { escaped, type TextFormat } from "./text-format.ts";

/**
 * Makes one authenticated call of the vendor's API. The exit status reports its result.
 * @param first the profile, or the path if there is no second word.
 */
export async function runApi(
  first: string,
  second: string | undefined,
  options: ApiOptions,
  terminal: Terminal,
): Promise<void> {
  const { system } = terminal;
  const { given, argument: path } = await profileAndArgument(system, first, second, ["api", "path"]);
  const target = await openOutput(options);
  const request = await readApiRequest(system, path, options);
  const call = interruptible(system, async (signal) => {
    const { wrapFetch, failure } = recordFailure();
    const { name, session, profile } = await openProfile(system, given, { wrapFetch });
    const send = (one: ApiRequest) =>
      withErrorContext({ name, profile, system }, () =>
        sendRequest(session, one, signal).catch((error: unknown) => {
          throw explainFailure(error, failure(), profile);
        }),
      );
    const pagesOf = options.paginate ? await readingPages(request, profile, send) : undefined;
    const { response, notResent } = await send(request);
    const isUnsaved = target.kind !== "stdout" && !response.ok;
    terminal.setStatus(isUnsaved && response.status < 400 ? EXIT.failed : exitOf(response));
    // The body of an error is not saved.
    const output: Output =
      response.ok || target.kind === "stdout" ? target : { kind: "stdout", raw: options.raw === true };
    if (options.include) {
      const head = headOf(response);
      await terminal.out(output.kind === "stdout" && output.raw ? head : escapeForTerminal(system, head));
    }
    const body = response.ok && pagesOf !== undefined ? pagesOf(response) : bodyOf(response);
    const isLineOpen = await writeBody(body, output, terminal, signal);
    // Both outputs may go to the same place.
    if (isLineOpen && (response.status >= 400 || isUnsaved)) terminal.say("");
    if (response.status >= 400) reportFailure(request, response, notResent, terminal);
    else if (isUnsaved)
      terminal.say(`${terminal.style("red", "vms:")} ${describeStatus(request, response)}: nothing was saved.`);
  });
  return call.finally(() => closeInput(request));
}

// `fetch` may leave the rest of standard input unread. The process would wait for it.
function closeInput({ body }: ApiRequest): void {
  if (typeof body === "object" && body.source instanceof Readable) body.source.destroy();
}

/** What is written. */
interface Body {
  readonly content: Readable;
  readonly isJson: boolean;
  /** In bytes, if known. */
  readonly length: number | undefined;
}

/** Prepares to read all pages of a list. Fails if the vendor has none. */
async function readingPages(
  request: ApiRequest,
  profile: Profile,
  send: (request: ApiRequest) => Promise<SendResult>,
): Promise<(first: Response) => Body> {
  const { listPages, pagesFor } = await import("./list-pages.ts");
  const pages = pagesFor(request, profile);
  return (first) => {
    const all = listPages(request, pages, first, async (path) => (await send({ ...request, path })).response);
    return { content: Readable.from(all, { objectMode: false }), isJson: true, length: undefined };
  };
}

function bodyOf(response: Response): Body {
  const { body, headers } = response;
  return {
    content: body === null ? Readable.from([]) : Readable.fromWeb(body as NodeReadableStream<Uint8Array>),
    isJson: /[/+]json\b/i.test(headers.get("content-type") ?? ""),
    length: contentLength(response),
  };
}

/** Writes a body. Returns whether standard output ends in the middle of a line. */
async function writeBody(
  { content, isJson, length }: Body,
  target: Output,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<boolean> {
  const { system } = terminal;
  if (target.kind === "stdout") {
    const isFormatted = !target.raw && system.stdout.isTTY === true;
    return printBody(content, isFormatted ? await formatFor(isJson, system) : undefined, terminal, signal);
  }
  const [{ download }, { watchProgress }] = await Promise.all([import("./download.ts"), import("./watch-progress.ts")]);
  await download(content, target, watchProgress(system, length), signal);
  return false;
}

async function formatFor(isJson: boolean, system: System): Promise<TextFormat> {
  return isJson ? (await import("./format-json.ts")).jsonFormat(system) : escaped;
}

// The length of a compressed body is not the length of its content.
function contentLength({ headers }: Response): number | undefined {
  const length = headers.get("content-length");
  return length === null || headers.has("content-encoding") ? undefined : Number(length);
}

function exitOf({ status }: Response): ExitCode {
  if (status === 429 || status >= 500) return EXIT.unavailable;
  return status >= 400 ? EXIT.clientError : EXIT.ok;
}

function headOf(response: Response): string {
  const lines = [...response.headers].map(([name, value]) => `${name}: ${value}`);
  return [`HTTP/1.1 ${statusOf(response)}`, ...lines, "", ""].join("\r\n");
}

// The vendor chose this text: no control character of it may reach the terminal.
function statusOf({ status, statusText }: Response): string {
  return `${status} ${statusText.replace(/[^\x20-\x7e]/g, "").slice(0, 60)}`.trimEnd();
}

// The call is shown without its query, which may contain a secret.
function describeStatus({ method, path }: ApiRequest, response: Response): string {
  const shown = (URL.parse(path)?.pathname ?? path).replace(/[?#].*$/s, "").replace(/[^\x20-\x7e]/g, "");
  return `${method} ${shown}: the vendor answered ${statusOf(response)}`;
}

function reportFailure(request: ApiRequest, response: Response, notResent: boolean, terminal: Terminal): void {
  terminal.say(`${terminal.style("red", "vms:")} ${describeStatus(request, response)}.`);
  const hint = notResent ? NOT_RESENT : waitOf(response);
  if (hint !== undefined) terminal.say(terminal.style("dim", hint));
}

const NOT_RESENT = "The session had expired and has been renewed. Standard input cannot be sent twice: run it again.";

function waitOf({ headers }: Response): string | undefined {
  const wait = parseRetryAfter(headers.get("retry-after"), Date.now());
  return wait === undefined ? undefined : `The vendor asks to wait ${Math.ceil(wait / 1000)} s.`;
}
