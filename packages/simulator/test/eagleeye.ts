import { createClock, createEagleEyeServer, type EagleEyeOptions, type EagleEyeServer } from "../src/index.ts";
import { call, cookiesOf, form } from "./requests.ts";

type Headers = Record<string, string>;

export function create(options: EagleEyeOptions = {}): EagleEyeServer {
  return createEagleEyeServer({ clock: createClock(1e12), ...options });
}

export function authenticate(server: EagleEyeServer, fields: object = server.account): Promise<Response> {
  return call(server, "g/aaa/authenticate", form(fields));
}

export function authorize(server: EagleEyeServer, fields: object): Promise<Response> {
  return call(server, "g/aaa/authorize", form(fields));
}

/** The token of the first step. */
export async function tokenOf(server: EagleEyeServer): Promise<string> {
  return ((await (await authenticate(server)).json()) as { token: string }).token;
}

/** Signs in, and gives the headers of a call. */
export async function signIn(server: EagleEyeServer): Promise<{ cookie: string }> {
  return cookiesOf(await authorize(server, { token: await tokenOf(server) }));
}

export function get(server: EagleEyeServer, path: string, headers: Headers = {}): Promise<Response> {
  return call(server, path, { headers });
}

export function post(server: EagleEyeServer, path: string, headers: Headers, fields: object = {}): Promise<Response> {
  return call(server, path, form(fields, headers));
}
