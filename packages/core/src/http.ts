import ky, { type Hooks, type Input, type KyInstance, type Options } from "ky";
import { fetchForHttp } from "./authenticated-fetch.ts";
import { type CallBody, isRepeatable } from "./call.ts";
import type { Engine } from "./engine-contract.ts";

/** The option by which a call's body passes through ky, which makes a stream of it. */
const SOURCE = "vmsBody";

interface BodySource {
  body: CallBody;
}

/**
 * ky over the session's fetch. Paths are joined below the base URL, with or without a leading slash.
 *
 * ky is wrapped, not given an `init` hook, because a hook makes ky copy all options of every call.
 */
export function createHttp<Data, User>(engine: Engine<Data, User>): KyInstance {
  const defaults: Options = {
    baseUrl: engine.flow.baseUrl.href,
    fetch(input, init) {
      if (init === undefined || !(SOURCE in init)) return fetchForHttp(engine, input as Request, init, undefined);
      const { [SOURCE]: source, ...rest } = init as RequestInit & { [SOURCE]?: BodySource };
      return fetchForHttp(engine, input as Request, rest, source?.body);
    },
  };
  return wrap(ky.create(defaults), defaults, { replacing: false, stringifyJson: undefined });
}

const METHODS = ["get", "post", "put", "patch", "head", "delete"] as const;

/** What an instance's own options mean for its calls. */
interface Instance {
  /** Whether a hook may put another request in the place of ours. */
  readonly replacing: boolean;
  readonly stringifyJson: Options["stringifyJson"];
}

function wrap(instance: KyInstance, defaults: Options, own: Instance): KyInstance {
  const prepared = (options: Options | undefined) => {
    if (options === undefined) return options;
    const below = belowBase(options);
    return below.body != null || below.json !== undefined ? withSource(below, own) : below;
  };
  const call = (input: Input, options?: Options) => instance(below(input), prepared(options));
  const http = call as KyInstance;
  for (const method of METHODS) {
    http[method] = (input: Input, options?: Options) => instance[method](below(input), prepared(options));
  }
  const extend = (base: KyInstance, options: Options | ((defaults: Options) => Options)) => {
    let { replacing, stringifyJson } = own;
    const extended = base.extend((current) => {
      const more = belowBase(typeof options === "function" ? options(current) : options);
      replacing ||= replaces(more.hooks);
      stringifyJson = more.stringifyJson ?? stringifyJson;
      return more;
    });
    return wrap(extended, defaults, { replacing, stringifyJson });
  };
  const rest: Pick<KyInstance, "create" | "extend" | "stop" | "retry"> = {
    create: (options) => extend(ky.create(defaults), options ?? {}),
    extend: (options) => extend(instance, options),
    stop: instance.stop,
    retry: instance.retry,
  };
  return Object.assign(http, rest);
}

// Law 5. ky makes a stream of every body, and copies it for its own retries: a stream, a file or a form would then be
// in memory as a whole. So the body is remembered here, and ky's own retries are for what is in memory anyway.
function withSource(options: Options, own: Instance): Options {
  const { body, json, stringifyJson = own.stringifyJson ?? JSON.stringify, retry } = options;
  const light = body == null || (isRepeatable(body) && !(body instanceof Blob) && !(body instanceof FormData));
  const kept = light ? options : { ...options, retry: { ...(typeof retry === "object" ? retry : {}), limit: 0 } };
  // Behind a hook that replaces requests, the body of the options may not be the one that is sent.
  if (own.replacing || replaces(options.hooks)) return kept;
  const source: BodySource = { body: body ?? null };
  const remembering = (data: unknown) => {
    const text = stringifyJson(data);
    source.body = text;
    return text;
  };
  return Object.assign({ ...kept, [SOURCE]: source }, json === undefined ? {} : { stringifyJson: remembering });
}

function replaces(hooks: Hooks | undefined): boolean {
  return [hooks?.beforeRequest, hooks?.beforeRetry, hooks?.afterResponse].some((list) => (list?.length ?? 0) > 0);
}

// A prefix is joined below the base URL as well.
function belowBase(options: Options): Options {
  const { prefix } = options;
  return typeof prefix === "string" && /^\/(?![/\\])/.test(prefix) ? { ...options, prefix: prefix.slice(1) } : options;
}

function below(input: Input): Input {
  return typeof input === "string" ? input.replace(/^\/(?![/\\])/, "./") : input;
}
