import { usage } from "../../errors/cli-error.ts";
import type { System } from "../../system/system.ts";
import type { ApiOptions } from "./api-options.ts";
import { fieldsToJson, nthOption, readFields, readsStandardInput, withFields } from "./request-fields.ts";
import { openRequestInput, type RequestInput } from "./request-input.ts";

/** An API call, read from the command line. */
export interface ApiRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Record<string, string>;
  /** The fields as text, or the source that `--input` names. */
  readonly body: string | RequestInput | undefined;
}

/**
 * Reads the command line into an API call. Nothing is sent yet.
 * @throws {CliError} with status 2 if the call cannot be sent.
 */
export async function readApiRequest(system: System, path: string, options: ApiOptions): Promise<ApiRequest> {
  const { rawField: raw = [], field: typed = [], input } = options;
  if (input === "-" && readsStandardInput({ raw, typed })) {
    throw usage("standard input can be read once: by --input - or by -F key=@-.", "Use a file: -F key=@file");
  }
  const fields = await readFields(system, { raw, typed });
  const method = methodOf(options, fields.length > 0 || input !== undefined);
  const bodiless = method === "GET" || method === "HEAD";
  if (bodiless && input !== undefined) {
    throw usage(`a ${method} has no body, so it cannot have --input.`, "Use another method: -X POST");
  }
  const headers = headersOf(options.header ?? []);
  const called = bodiless || input !== undefined ? withFields(path, fields) : path;
  const body = await bodyOf();
  if (body !== undefined) headers["content-type"] ??= typeof body === "string" ? JSON_TYPE : body.type;
  return { method, path: called, headers, body };

  async function bodyOf(): Promise<string | RequestInput | undefined> {
    if (input !== undefined) return openRequestInput(system, input);
    return bodiless || fields.length === 0 ? undefined : fieldsToJson(fields);
  }
}

const JSON_TYPE = "application/json";

function methodOf({ method }: ApiOptions, withBody: boolean): string {
  if (method === undefined) return withBody ? "POST" : "GET";
  const upper = method.toUpperCase();
  if (/^[A-Z]+$/.test(upper) && !["CONNECT", "TRACE", "TRACK"].includes(upper)) return upper;
  throw usage(`--method cannot be "${method}".`, "For example: GET, POST, PUT, PATCH, DELETE");
}

/** Headers of the connection, which callers may not set. */
const OF_THE_CONNECTION = [
  "connection",
  "content-length",
  "expect",
  "host",
  "keep-alive",
  "transfer-encoding",
  "upgrade",
];

const HEADER_EXAMPLE = "For example: -H 'accept: text/csv'";

function headersOf(lines: readonly string[]): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [index, line] of lines.entries()) {
    const option = nthOption("-H", index, lines);
    const at = line.indexOf(":");
    const name = line.slice(0, at).trim().toLowerCase();
    const value = line.slice(at + 1).trim();
    // The line is not quoted in the message, because a header may contain a secret.
    if (at < 0) throw usage(`${option} has no ":": it must be key:value.`, HEADER_EXAMPLE);
    if (name === "") throw usage(`${option} has no key before the ":": it must be key:value.`, HEADER_EXAMPLE);
    if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name)) {
      throw usage(`${option} has a key with characters that a header cannot have.`, HEADER_EXAMPLE);
    }
    if (!/^[\t\x20-\x7e\x80-\xff]*$/.test(value)) {
      const hint = "It can have Latin letters, digits and punctuation, on one line.";
      throw usage(`the value of the header "${name}" has characters that a header cannot have.`, hint);
    }
    if (OF_THE_CONNECTION.includes(name))
      throw usage(`the header "${name}" is set by vms itself.`, `Leave out ${option}.`);
    headers[name] = name in headers ? `${headers[name]}, ${value}` : value;
  }
  return headers;
}
