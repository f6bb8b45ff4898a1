import {
  type Account,
  createClock,
  createFindFaceServer,
  type FindFaceOptions,
  type FindFaceServer,
} from "../src/index.ts";
import { basic, call, json } from "./requests.ts";

export const day: number = 86_400_000;
/** When the clocks of these tests start. */
export const start: number = Date.UTC(2030, 0, 1);

/** The response to a login. */
export interface LoginAnswer {
  token: string;
  token_expiration_datetime: string;
  user: { id: number; name: string };
}

type Headers = Record<string, string>;

export function create(options: FindFaceOptions = {}): FindFaceServer {
  return createFindFaceServer({ clock: createClock(start), ...options });
}

export function login(
  server: FindFaceServer,
  body: object = { uuid: "device-1" },
  account?: Account,
): Promise<Response> {
  return call(server, "auth/login/", json(body, basic(account ?? server.account)));
}

/** Signs in, and returns the headers of a call. */
export async function signIn(
  server: FindFaceServer,
  uuid: string = "device-1",
  account?: Account,
): Promise<{ authorization: string }> {
  const { token } = (await (await login(server, { uuid }, account)).json()) as LoginAnswer;
  return { authorization: `Token ${token}` };
}

export function get(server: FindFaceServer, path: string, headers: Headers = {}): Promise<Response> {
  return call(server, path, { headers });
}

export function post(server: FindFaceServer, path: string, headers: Headers, body: object = {}): Promise<Response> {
  return call(server, path, json(body, headers));
}
