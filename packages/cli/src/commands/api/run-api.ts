import { Readable } from "node:stream";
import type { ReadableStream as NodeReadableStream } from "node:stream/web";
import { parseRetryAfter } from "@vms/core/flow";
import { interruptible } from "../../command-line/interrupt.ts";
import type { Terminal } from "../../command-line/terminal.ts";
import { withErrorContext } from "../../error-messages/with-error-context.ts";
import { EXIT, type ExitCode } from "../../errors/exit-codes.ts";
import { profileAndArgument } from "../../profiles/profile-and-argument.ts";
import { openProfile } from "../../sessions/open-profile.ts";
import type { ApiOptions } from "./api-options.ts";
import { type ApiRequest, readApiRequest } from "./api-request.ts";
import { type Output, openOutput } from "./output.ts";
import { escapeForTerminal, printBody } from "./print-body.ts";
import { explainFailure, recordFailure } from "./request-failure.ts";
import { sendRequest } from "./send-request.ts";
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
    const { response, notResent } = await withErrorContext({ name, profile, system }, () =>
      sendRequest(session, request, signal).catch((error: unknown) => {
        throw explainFailure(error, failure(), profile);
      }),
    );
    const isUnsaved = target.kind !== "stdout" && !response.ok;
    terminal.setStatus(isUnsaved && response.status < 400 ? EXIT.failed : exitOf(response));
    // The body of an error is not saved.
    const output: Output =
      response.ok || target.kind === "stdout" ? target : { kind: "stdout", raw: options.raw === true };
    if (options.include) {
      const head = headOf(response);
      await terminal.out(output.kind === "stdout" && output.raw ? head : escapeForTerminal(system, head));
    }
    const isLineOpen = await writeBody(response, output, terminal, signal);
    // Both outputs may go to the same place.
    if (isLineOpen && (response.status >= 400 || isUnsaved)) terminal.say("");
    if (response.status >= 400) reportFailure(response, notResent, terminal);
    else if (isUnsaved)
      terminal.say(`${terminal.style("red", "vms:")} ${describeStatus(response)}: nothing was saved.`);
  });
  return call.finally(() => closeInput(request));
}

// `fetch` may leave the rest of standard input unread. The process would wait for it.
function closeInput({ body }: ApiRequest): void {
  if (typeof body === "object" && body.source instanceof Readable) body.source.destroy();
}

/** Writes the body. Returns whether standard output ends in the middle of a line. */
async function writeBody(
  response: Response,
  target: Output,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<boolean> {
  const body = nodeBody(response);
  if (target.kind === "stdout") {
    const isFormatted = !target.raw && terminal.system.stdout.isTTY === true;
    return printBody(body, isFormatted ? await formatOf(response, terminal) : undefined, terminal, signal);
  }
  const [{ download }, { watchProgress }] = await Promise.all([import("./download.ts"), import("./watch-progress.ts")]);
  await download(body, target, watchProgress(terminal.system, contentLength(response)), signal);
  return false;
}

async function formatOf(response: Response, { system }: Terminal): Promise<TextFormat> {
  return isJson(response) ? (await import("./format-json.ts")).jsonFormat(system) : escaped;
}

function nodeBody({ body }: Response): Readable {
  return body === null ? Readable.from([]) : Readable.fromWeb(body as NodeReadableStream<Uint8Array>);
}

function isJson({ headers }: Response): boolean {
  return /[/+]json\b/i.test(headers.get("content-type") ?? "");
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

function describeStatus(response: Response): string {
  return `the vendor answered ${statusOf(response)}`;
}

function reportFailure(response: Response, notResent: boolean, terminal: Terminal): void {
  terminal.say(`${terminal.style("red", "vms:")} ${describeStatus(response)}.`);
  const hint = notResent ? NOT_RESENT : waitOf(response);
  if (hint !== undefined) terminal.say(terminal.style("dim", hint));
}

const NOT_RESENT = "The session had expired and has been renewed. Standard input cannot be sent twice: run it again.";

function waitOf({ headers }: Response): string | undefined {
  const wait = parseRetryAfter(headers.get("retry-after"), Date.now());
  return wait === undefined ? undefined : `The vendor asks to wait ${Math.ceil(wait / 1000)} s.`;
}
