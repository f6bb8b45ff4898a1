import ky, { type Input, type KyInstance, type Options, type ResponsePromise } from "ky";
import type { Engine } from "../state/engine.ts";
import { authenticatedFetch } from "./authenticated-fetch.ts";

/**
 * Wraps ky, because an `init` hook would make it copy all options of every call. Paths are joined below the base URL,
 * with or without a leading slash.
 */
export function createKy<Data, User>(engine: Engine<Data, User>): KyInstance {
  const defaults: Options = {
    baseUrl: engine.flow.baseUrl.href,
    // A call may wait for a login, and the session resends it if that helps.
    timeout: false,
    retry: 0,
    fetch: (input, init) => authenticatedFetch(engine, input, init, true),
  };
  // An instance of `ky.create` takes more memory than the whole session.
  return wrap((input, options) => ky(input, { ...defaults, ...options }), defaults, defaults);
}

const METHODS = ["get", "post", "put", "patch", "head", "delete", "query"] as const;

/**
 * @param own the options of this instance.
 * @param defaults the initial options of all the session's instances.
 */
function wrap(send: (input: Input, options?: Options) => ResponsePromise, own: Options, defaults: Options): KyInstance {
  const call = (input: Input, options: Options = {}) => {
    const below = belowBase(options);
    const { baseUrl, prefix, hooks } = { ...own, ...below };
    // An `init` hook may still change both.
    const isSettled = hooks === own.hooks && !own.hooks?.init?.length;
    const atBase = isSettled && !prefix && baseUrl === defaults.baseUrl;
    return send(joined(input, atBase ? baseUrl : undefined), below);
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
      return {};
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

function belowBase(options: Options): Options {
  const prefix = options?.prefix;
  return typeof prefix === "string" && /^\/(?![/\\])/.test(prefix) ? { ...options, prefix: prefix.slice(1) } : options;
}

// Paths in printable ASCII, which are joined here: ky would create a whole `Request`.
const PLAIN = /^(?!\/[/\\])[!-9;-[\]-~][ -9;-~]*$/;

function joined(input: Input, base: Options["baseUrl"]): Input {
  if (typeof input !== "string") return input;
  if (base !== undefined && PLAIN.test(input)) return base + input.replace(/^\//, "");
  return input.replace(/^\/(?![/\\])/, "./");
}
