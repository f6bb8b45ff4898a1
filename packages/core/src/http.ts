import ky, { type Input, type KyInstance, type Options } from "ky";
import { type CallBody, isRepeatable } from "./call.ts";

/** The name of the option by which a call's body passes through ky, which makes a stream of it. */
const SOURCE = "vmsBody";

interface BodySource {
  body: CallBody;
}

/**
 * ky over the session's fetch. Paths are joined below the base URL, with or without a leading slash.
 */
export function createHttp(
  baseUrl: URL,
  fetchForHttp: (request: Request, init: RequestInit | undefined, body: CallBody) => Promise<Response>,
): KyInstance {
  const defaults: Options = {
    baseUrl: baseUrl.href,
    hooks: { init: [rememberBody] },
    fetch(input, init) {
      const { [SOURCE]: source, ...rest } = (init ?? {}) as RequestInit & { [SOURCE]?: BodySource };
      return fetchForHttp(input as Request, rest, source?.body);
    },
  };
  return belowBase(ky.create(defaults), defaults);
}

// Law 5. ky makes a stream of every body, and copies it for its own retries: a stream, a file and a form are then in
// memory as a whole. So the body is remembered here, and ky's retries are left to what is in memory anyway.
function rememberBody(options: Options): void {
  const { body, json, hooks } = options;
  if (body == null && json === undefined) return;
  // A hook of the caller may put another request in the place of ours; then its body is not known.
  const replaced = [hooks?.beforeRequest, hooks?.beforeRetry, hooks?.afterResponse].some((list) => list?.length);
  if (!replaced) {
    const source: BodySource = { body: body ?? null };
    Object.assign(options, { [SOURCE]: source });
    if (json !== undefined) {
      const stringify = options.stringifyJson ?? JSON.stringify;
      options.stringifyJson = (data) => {
        const text = stringify(data);
        source.body = text;
        return text;
      };
    }
  }
  const inMemory = body == null || (isRepeatable(body) && !(body instanceof Blob) && !(body instanceof FormData));
  if (!inMemory) options.retry = { ...(typeof options.retry === "object" ? options.retry : {}), limit: 0 };
}

const METHODS = ["get", "post", "put", "patch", "head", "delete"] as const;

function belowBase(instance: KyInstance, defaults: Options): KyInstance {
  const call = (input: Input, options?: Options) => instance(below(input), options);
  const http = call as KyInstance;
  for (const method of METHODS) {
    http[method] = (input: Input, options?: Options) => instance[method](below(input), options);
  }
  const rest: Pick<KyInstance, "create" | "extend" | "stop" | "retry"> = {
    create: (options) => belowBase(ky.create(defaults).extend(options ?? {}), defaults),
    extend: (options) => belowBase(instance.extend(options), defaults),
    stop: instance.stop,
    retry: instance.retry,
  };
  return Object.assign(http, rest);
}

function below(input: Input): Input {
  return typeof input === "string" ? input.replace(/^\/(?![/\\])/, "") : input;
}
