import type { Account, VendorServer } from "../src/index.ts";

/** A request that sends and accepts JSON. */
export function json(body: unknown, headers: Record<string, string> = {}): RequestInit {
  return {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json", ...headers },
    body: JSON.stringify(body),
  };
}

/** A request that sends a form. */
export function form(fields: object, headers: Record<string, string> = {}): RequestInit {
  return { method: "POST", headers, body: new URLSearchParams(Object.entries(fields)) };
}

/** A request that sends a multipart form. */
export function multipart(fields: object): RequestInit {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.append(name, String(value));
  return { method: "POST", body };
}

/** `Authorization: Basic` in UTF-8. */
export function basic({ username, password }: Account): Record<string, string> {
  return { authorization: `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}` };
}

/** Calls a path below a server's base URL. */
export function call(server: VendorServer, path: string, init?: RequestInit): Promise<Response> {
  return server.fetch(`${server.baseUrl}/${path}`, init);
}

/** The `Cookie` header that answers a response's `Set-Cookie` lines. */
export function cookiesOf(response: Response): { cookie: string } {
  const pairs = response.headers.getSetCookie().map((line) => line.split(";")[0]);
  return { cookie: pairs.join("; ") };
}

/** The value of a cookie that a response sets. */
export function cookieValue(response: Response, name: string): string | undefined {
  const line = response.headers.getSetCookie().find((cookie) => cookie.startsWith(`${name}=`));
  return line?.slice(name.length + 1).split(";")[0];
}
