import type { Session } from "@vms/core";

/** A call of the vendor's API, for calls that are not a plain `GET`. */
export interface ContractCall {
  /** The path, relative to the base URL. */
  readonly path: string;
  /** The HTTP method. Default: `POST` if there is a body, otherwise `GET`. */
  readonly method?: string | undefined;
  /** Headers by name, for example the `content-type` of a text body. Default: none. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** The body as a value, sent as `application/json`. Default: none. */
  readonly json?: unknown;
  /** The body, sent unchanged: a form, multipart, or text such as XML. Default: none. */
  readonly body?: URLSearchParams | FormData | string | undefined;
}

/** A call that the signed-in user may not make, even with a live session. */
export interface ForbiddenCall extends ContractCall {
  /**
   * Whether a response says that the user may not make the call, for servers that say so with a 2xx. It can read the body.
   * If it is `false` for the server's response to an ended session, the call must not cause a login. Default: any status but 2xx.
   */
  readonly isForbidden?: ((response: Response) => boolean | Promise<boolean>) | undefined;
}

/** The arguments of `fetch` for a call. */
interface CallRequest {
  readonly path: string;
  readonly init: RequestInit & { readonly method: string; readonly headers: Readonly<Record<string, string>> };
}

/** Returns the arguments of `fetch` for a call. A string is the path of a `GET`. */
export function requestOf(call: string | ContractCall): CallRequest {
  if (typeof call === "string") return { path: call, init: { method: "GET", headers: {} } };
  const { path, json } = call;
  const body = json === undefined ? call.body : JSON.stringify(json);
  const method = call.method ?? (body === undefined ? "GET" : "POST");
  const type = json === undefined ? {} : { "content-type": "application/json" };
  const headers = { ...type, ...call.headers };
  return { path, init: { method, headers, ...(body === undefined ? {} : { body }) } };
}

export function send(session: Session, call: string | ContractCall): Promise<Response> {
  const { path, init } = requestOf(call);
  return session.fetch(path, init);
}

/** Returns the method and path of a call, for a message. */
export function nameOf(call: string | ContractCall): string {
  const { path, init } = requestOf(call);
  return `${init.method} ${path.split("?")[0]}`;
}
