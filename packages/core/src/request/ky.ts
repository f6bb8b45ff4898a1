import ky, { type Hooks, type Input, type KyInstance, type Options, type ResponsePromise } from "ky";
import type { Engine } from "../state/engine.ts";
import { fetchForKy } from "./authenticated-fetch.ts";
import { isReplayable, type RequestBody } from "./replayable-body.ts";

/** The option by which a call's body passes through ky, which makes a stream of it. */
const SOURCE = "vmsBody";

interface BodySource {
  body: RequestBody;
}

/**
 * ky over the session's fetch. Paths are joined below the base URL, with or without a leading slash.
 *
 * ky is wrapped, not given an `init` hook, because a hook makes ky copy all options of every call.
 */
export function createKy<Data, User>(engine: Engine<Data, User>): KyInstance {
  const defaults: Options = {
    baseUrl: engine.flow.baseUrl.href,
    // A call may wait for a login, and the session resends it if that helps. Callers can set both.
    timeout: false,
    retry: 0,
    fetch(input, init) {
      if (init === undefined || !(SOURCE in init)) return fetchForKy(engine, input as Request, init, undefined);
      const { [SOURCE]: source, ...rest } = init as RequestInit & { [SOURCE]?: BodySource };
      return fetchForKy(engine, input as Request, rest, source?.body);
    },
  };
  // Not an instance that `ky.create` makes: it takes more memory than the whole session.
  return wrap((input, options) => ky(input, { ...defaults, ...options }), defaults, defaults);
}

const METHODS = ["get", "post", "put", "patch", "head", "delete"] as const;

/**
 * Wraps an instance of ky.
 * @param own its options.
 * @param defaults the options that all instances of the session begin with.
 */
function wrap(send: (input: Input, options?: Options) => ResponsePromise, own: Options, defaults: Options): KyInstance {
  const call = (input: Input, options: Options = {}) => {
    const below = belowBase(options);
    const withBody = below.body != null || below.json !== undefined;
    const { baseUrl, prefix, hooks } = { ...own, ...below };
    // A hook of the kind `init` may still change both.
    const isSettled = hooks === own.hooks && !own.hooks?.init?.length;
    const atBase = isSettled && !prefix && baseUrl === defaults.baseUrl;
    return send(joined(input, atBase ? baseUrl : undefined), withBody ? withSource(below, own) : below);
  };
  const http = call as KyInstance;
  for (const method of METHODS) http[method] = (input: Input, options?: Options) => call(input, { ...options, method });
  const derive = (from: Options, options: Options | ((defaults: Options) => Options)) => {
    let all = from;
    const derived = ky
      .create(from)
      .extend((current) => belowBase(typeof options === "function" ? options(current) : options));
    derived.extend((merged) => {
      all = merged;
      return merged;
    });
    return wrap(derived, all, defaults);
  };
  const rest: Pick<KyInstance, "create" | "extend" | "stop" | "retry"> = {
    create: (options = {}) => derive(defaults, options),
    extend: (options) => derive(own, options),
    stop: ky.stop,
    retry: ky.retry,
  };
  return Object.assign(http, rest);
}

// ky makes a stream of every body, and copies the stream for its own retries: a stream, a file or a form would then be in
// memory as a whole. So the body is remembered here (guarantee 5), and ky retries only bodies that are in memory already.
function withSource(options: Options, own: Options): Options {
  const { body, json, stringifyJson = own.stringifyJson ?? JSON.stringify, retry } = options;
  const light = body == null || (isReplayable(body) && !(body instanceof Blob) && !(body instanceof FormData));
  const kept = light ? options : { ...options, retry: { ...(typeof retry === "object" ? retry : {}), limit: 0 } };
  // Behind a hook that replaces requests, the body of the options may not be the one that is sent.
  if (replaces(own.hooks) || replaces(options.hooks)) return kept;
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

// A plain path below the base, of printable ASCII: joined here, as ky makes a whole `Request` to join it.
const PLAIN = /^(?!\/[/\\])[!-9;-[\]-~][ -9;-~]*$/;

function joined(input: Input, base: Options["baseUrl"]): Input {
  if (typeof input !== "string") return input;
  if (base !== undefined && PLAIN.test(input)) return base + input.replace(/^\//, "");
  return input.replace(/^\/(?![/\\])/, "./");
}
