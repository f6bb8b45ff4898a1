import type { IncomingHttpHeaders } from "node:http";
import type { Dispatcher } from "undici";
import { HIDDEN_HEADER, sanitizeUrl } from "../../request/sanitize-response.ts";
import { valuesOf } from "./response-head.ts";

/**
 * The headers of a response as a caller may see them. The controller has a second list of them, which undici's own
 * `fetch` reads: that list is changed in place.
 * @param secretNames the names of search parameters that hold the credential.
 */
export function sanitizeHeaders(
  headers: IncomingHttpHeaders,
  controller: Dispatcher.DispatchController,
  secretNames: readonly string[],
): IncomingHttpHeaders {
  if (secretNames.length === 0 && headers[HIDDEN_HEADER] === undefined) return headers;
  const { [HIDDEN_HEADER]: _, ...shown } = headers;
  const [location] = valuesOf(headers, "location");
  if (location !== undefined) shown.location = sanitizeUrl(location, secretNames);
  sanitizeRaw(controller.rawHeaders, secretNames);
  return shown;
}

function sanitizeRaw(raw: Dispatcher.DispatchController["rawHeaders"], secretNames: readonly string[]): void {
  if (!Array.isArray(raw)) {
    // HTTP/2 gives an object.
    for (const name of Object.keys(raw ?? {})) {
      if (name.toLowerCase() === HIDDEN_HEADER) delete raw?.[name];
      else if (raw && name.toLowerCase() === "location") raw[name] = sanitizeUrl(String(raw[name]), secretNames);
    }
    return;
  }
  const list = raw as (Buffer | string)[];
  const shown: (Buffer | string)[] = [];
  for (let at = 0; at + 1 < list.length; at += 2) {
    const [name, value] = [list[at], list[at + 1]] as [Buffer | string, Buffer | string];
    const lower = name.toString("latin1").toLowerCase();
    if (lower === HIDDEN_HEADER) continue;
    const isLocation = lower === "location";
    shown.push(name, isLocation ? Buffer.from(sanitizeUrl(value.toString("latin1"), secretNames), "latin1") : value);
  }
  list.splice(0, list.length, ...shown);
}
