import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Session, SessionOptions } from "@vms/core";
import { createSession, type Flow } from "@vms/core/flow";
import { nodeFetch, sessionInterceptor } from "@vms/core/node";
import { Agent, fetch, request } from "undici";
import { resultOf } from "./result.ts";

// The program for the entries that need undici, which runs in each Node with each undici against its own server.

let logins = 0;
let token = "";
const server = createServer(async (request, response) => {
  let body = "";
  for await (const chunk of request) body += chunk;
  response.setHeader("set-cookie", "made-up=cookie").setHeader("content-type", "application/json");
  if (request.url === "/login") {
    logins++;
    token = `token-${logins}`;
    response.end(JSON.stringify(token));
    return;
  }
  response.statusCode = request.headers.authorization === token ? 200 : 401;
  response.end(JSON.stringify({ body, length: request.headers["content-length"] }));
});
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;

const text = {
  "~standard": { version: 1, vendor: "runtimes", validate: (value: unknown) => ({ value: String(value) }) },
} as const;

const flow: Flow<string, null> = {
  vendor: "runtimes",
  baseUrl: new URL(base),
  login: async (context) => ({ data: (await context.send("login")).json(text), user: null }),
  authorize: ({ data }) => ({ headers: { authorization: data } }),
  parse: String,
};

function open(options: Partial<SessionOptions> = {}): Session<null> {
  logins = 0;
  return createSession(flow, { credentials: { username: "ada", password: "made-up" }, ...options });
}

function expect(what: string, seen: unknown, right: unknown): void {
  const [is, was] = [JSON.stringify(seen), JSON.stringify(right)];
  if (is !== was) throw new Error(`${what}: ${is} instead of ${was}`);
}

async function intercept(): Promise<void> {
  const agent = new Agent();
  const dispatcher = agent.compose(sessionInterceptor(open()));
  const statuses = await Promise.all(
    Array.from({ length: 20 }, async () => {
      const { statusCode, body } = await request(`${base}zones`, { dispatcher });
      await body.dump();
      return statusCode;
    }),
  );
  expect("statuses", [...new Set(statuses)], [200]);
  expect("logins", logins, 1);
  token = "";
  const resent = await request(`${base}zones`, { dispatcher, method: "POST", body: "payload" });
  expect("a resent body", await resent.body.json(), { body: "payload", length: "7" });
  expect("a cookie", resent.headers["set-cookie"], undefined);
  const fetched = await fetch(`${base}zones`, { dispatcher });
  expect("undici's own fetch", [fetched.status, fetched.headers.getSetCookie()], [200, []]);
  const refused = await resultOf(() => request("http://localhost:9/", { dispatcher }));
  expect("a foreign origin", refused.split(":")[0], "origin_not_allowed");
  await agent.close();
}

async function useNodeFetch(): Promise<void> {
  const send = nodeFetch({ connections: 2 });
  const session = open({ fetch: send });
  const got = await session.fetch("zones");
  expect("a global Response", [got instanceof Response, got.url, got.status], [true, `${base}zones`, 200]);
  await got.body?.cancel();
  token = "";
  const posted = await session.http.post("zones", { json: { a: 1 } }).json();
  expect("json", posted, { body: '{"a":1}', length: "7" });
  const headers = { authorization: token };
  const mine = await send(new Request(`${base}zones`, { method: "POST", headers, body: "mine" }));
  expect("a Request", await mine.json(), { body: "mine", length: "4" });
  const form = new FormData();
  form.set("name", "value");
  const sent = (await (await session.fetch("zones", { method: "POST", body: form })).json()) as { body: string };
  expect("a form", sent.body.split("\r\n").slice(1, 4), ['Content-Disposition: form-data; name="name"', "", "value"]);
  const proxied = open({ fetch: nodeFetch({ proxy: "http://127.0.0.1:9" }), retry: { attempts: 1 } });
  // Nothing listens there, so a successful login has ignored the proxy.
  expect("a proxy", (await resultOf(() => proxied.login())).split(":")[0], "vendor_unavailable");
}

const seen = { sessionInterceptor: await resultOf(intercept), nodeFetch: await resultOf(useNodeFetch) };
console.log(`SEEN ${JSON.stringify(seen)}`);
process.exit();
