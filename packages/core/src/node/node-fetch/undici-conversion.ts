import { membersOf } from "../../request/api-call.ts";
import { copyResponse } from "../../request/copy-response.ts";
import { tagOf } from "../../util/tag-of.ts";
import type { Sender } from "./dispatchers.ts";
import { withKnownLength } from "./known-length.ts";
import { wrappedResponse } from "./node-response.ts";

type Undici = typeof import("undici");

/**
 * Lets undici's `fetch` accept and return the global classes: undici knows only its own `Request`, `FormData` and
 * `Response`. The global `fetch` accepts only dispatchers of the undici in its Node version.
 */
export function undiciFetch(load: () => Undici, dispatcher: Sender): typeof globalThis.fetch {
  const named = namedDispatcher(dispatcher);
  return async (input, init) => {
    const undici = load();
    const request = typeof input === "object" && "url" in input ? input : undefined;
    const url = request === undefined ? input : request.url;
    const given = init?.body ?? undefined;
    if (given === undefined && request?.body && /^(get|head)$/i.test(init?.method ?? request.method)) {
      throw new TypeError("Request with GET/HEAD method cannot have body.");
    }
    const body = given === undefined ? request?.body && (await withKnownLength(request)) : toUndiciBody(undici, given);
    const options = {
      dispatcher: named,
      ...(request && { ...membersOf(request), referrer: undefined, referrerPolicy: undefined }),
      ...(init && membersOf(init)),
      ...windowOf(init),
      ...(body == null ? {} : { body }),
      // Required for a stream and harmless otherwise.
      ...(request === undefined || body == null ? {} : { duplex: "half" }),
    };
    // undici reports what is wrong with such an init.
    const isRefused = init != null && typeof init !== "object" && typeof init !== "function";
    // undici's types differ from the global ones, although its responses are the same.
    const { fetch }: { readonly fetch: unknown } = undici;
    const send = fetch as typeof globalThis.fetch;
    const response = await send(url as string, (isRefused ? init : options) as RequestInit);
    return wrappedResponse(response, copyResponse(response, new Headers([...response.headers]), {}));
  };
}

// Only `null` is allowed, and undici checks for the member itself.
function windowOf(init: RequestInit | undefined | null): object {
  const { window } = (init ?? {}) as { readonly window?: unknown };
  return window === undefined ? {} : { window };
}

/** Sends the `user-agent` of the global `fetch` by default. */
function namedDispatcher(dispatcher: Sender): Sender {
  const dispatch: Sender["dispatch"] = (options, handler) => {
    const headers = options.headers as Record<string, string>;
    const isDefault = headers["user-agent"] === "undici";
    return dispatcher.dispatch(
      isDefault ? { ...options, headers: { ...headers, "user-agent": "node" } } : options,
      handler,
    );
  };
  return { dispatch };
}

function toUndiciBody(undici: Undici, body: BodyInit): unknown {
  if (tagOf(body) !== "FormData" || body instanceof undici.FormData) return body;
  const form = new undici.FormData();
  for (const [name, value] of body as FormData) form.append(name, value);
  return form;
}
