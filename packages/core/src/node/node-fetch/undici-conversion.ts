import { membersOf } from "../../request/api-call.ts";
import { copyResponse } from "../../request/copy-response.ts";
import { tagOf } from "../../util/tag-of.ts";
import { withKnownLength } from "./known-length.ts";

type Undici = typeof import("undici");
type Dispatcher = InstanceType<Undici["Dispatcher"]>;

/**
 * undici's own `fetch` on a dispatcher, with the classes of the global `fetch`: undici knows only its own `Request`,
 * `FormData` and `Response`. The global `fetch` itself takes the dispatchers of one undici only, that of its Node version.
 */
export function undiciFetch(undici: Undici, dispatcher: Dispatcher): typeof globalThis.fetch {
  return async (input, init) => {
    const request = typeof input === "object" && "url" in input ? input : undefined;
    const url = request === undefined ? String(input) : request.url;
    const given = init?.body ?? undefined;
    const body = given === undefined ? request?.body && (await withKnownLength(request)) : toUndiciBody(undici, given);
    const options = {
      ...(request && membersOf(request)),
      ...(init && membersOf(init)),
      ...(body == null ? {} : { body }),
      // A stream needs it, and nothing else takes harm from it.
      ...(request === undefined || body == null ? {} : { duplex: "half" }),
      dispatcher,
    };
    const response = await undici.fetch(url, options as Parameters<Undici["fetch"]>[1]);
    return toGlobalResponse(response as unknown as Response);
  };
}

function toUndiciBody(undici: Undici, body: BodyInit): unknown {
  if (tagOf(body) !== "FormData" || body instanceof undici.FormData) return body;
  const form = new undici.FormData();
  for (const [name, value] of body as FormData) form.append(name, value);
  return form;
}

function toGlobalResponse(response: Response): Response {
  const { url, redirected, type } = response;
  return copyResponse(response, new Headers([...response.headers]), { url, redirected, type });
}
