import type { Options } from "ky";
import { type Probe, probe, probes, type World } from "../probe.ts";
import { kyCall, kyOutcome } from "./calls.ts";

const STATUSES = [300, 304, 400, 403, 404, 407, 408, 409, 413, 418, 422, 429, 500, 502, 503, 504, 599];

const again: Options["retry"] = { limit: 2, delay: () => 0 };

/** Fails a number of times, then succeeds. */
function failing(world: World, times: number, status: number, headers: Record<string, string> = {}): void {
  let count = 0;
  world.answer("zones", (response) => {
    if (count++ < times) response.writeHead(status, headers).end("not now");
    else response.end(`after ${count}`);
  });
}

const retried: Readonly<Record<string, Options>> = {
  "a GET": {},
  "a PUT with json": { method: "put", json: { a: 1 } },
  "a PUT with a string": { method: "put", body: "text" },
  "a PUT with a Uint8Array": { method: "put", body: new Uint8Array([65, 66]) },
  "a PUT with a Blob": { method: "put", body: new Blob(["blob"]) },
  "a PUT with URLSearchParams": { method: "put", body: new URLSearchParams({ a: "1" }) },
  "a POST, which ky does not retry": { method: "post", json: { a: 1 } },
  "a POST that may be retried": {
    method: "post",
    json: { a: 1 },
    retry: { limit: 2, delay: () => 0, methods: ["post"] },
  },
  "a status that may not be retried": { retry: { limit: 2, delay: () => 0, statusCodes: [500] } },
  "shouldRetry that refuses": { retry: { limit: 2, delay: () => 0, shouldRetry: () => false } },
  "shouldRetry that allows": { retry: { limit: 2, delay: () => 0, shouldRetry: () => true } },
  "a limit that is too low": { retry: { limit: 1, delay: () => 0 } },
  "throwHttpErrors: false": { throwHttpErrors: false },
};

const thrown: Readonly<Record<string, Options>> = {
  "throwHttpErrors: false": { throwHttpErrors: false },
  "throwHttpErrors that is a function": { throwHttpErrors: (status) => status !== 404 },
  json: { method: "post", json: { a: 1 } },
  "search parameters": { searchParams: { a: 1 } },
  context: { context: { a: 1 } },
  parseJson: { parseJson: () => ({ mine: 1 }) },
  onDownloadProgress: { onDownloadProgress: () => {} },
};

export const kyFailureProbes: readonly Probe[] = [
  ...STATUSES.map((status) =>
    probe(`a status of ${status}`, (world) => {
      world.answer("zones", (response) => response.writeHead(status, { "x-own": "1" }).end("what"));
      return kyCall(world, "zones");
    }),
  ),
  ...probes(thrown, (world, options) => {
    world.answer("zones", (response) => {
      response.writeHead(404, { "content-type": "application/json" }).end('{"message":"not here"}');
    });
    return kyCall(world, "zones", options);
  }).map((it) => ({ ...it, name: `a 404 and ${it.name}` })),
  probe("a 404 whose JSON is none", (world) => {
    world.answer("zones", (response) => response.writeHead(404, { "content-type": "application/json" }).end("<html>"));
    return kyCall(world, "zones");
  }),
  probe("a 404 with a cookie", (world) => {
    world.answer("zones", (response) => response.writeHead(404, { "set-cookie": "a=1" }).end("what"));
    return kyCall(world, "zones");
  }),
  probe("the shortcut json() of a 404", (world) => {
    world.answer("zones", (response) => response.writeHead(404).end("what"));
    return kyOutcome(() => world.http("zones").json());
  }),
  ...probes(retried, (world, options) => {
    failing(world, 2, 503);
    return kyCall(world, "zones", { retry: again, ...options });
  }).map((it) => ({ ...it, name: `retries of ${it.name}` })),
  probe("retries after Retry-After: 0", (world) => {
    failing(world, 1, 429, { "retry-after": "0" });
    return kyCall(world, "zones", { retry: 1 });
  }),
  probe("retries of a PUT with a stream", (world) => {
    failing(world, 2, 503);
    return kyCall(world, "zones", { method: "put", body: new Response("text").body, retry: again });
  }),
  probe("retries of a PUT with a form", (world) => {
    failing(world, 2, 503);
    const body = new FormData();
    body.append("a", "1");
    return kyCall(world, "zones", { method: "put", body, retry: again });
  }),
  probe("a retry after a failed connection", (world) => {
    let count = 0;
    world.answer("zones", (response) => (count++ === 0 ? response.destroy() : response.end("then")));
    return kyCall(world, "zones", { retry: again });
  }),
  probe("a failed connection", (world) => {
    world.answer("zones", (response) => response.destroy());
    return kyCall(world, "zones");
  }),
  probe("a body that breaks off, by json()", (world) => {
    world.answer("zones", (response) => {
      response.writeHead(200, { "content-length": "10" });
      response.write("hello", () => response.destroy());
    });
    return kyOutcome(() => world.http("zones").json());
  }),
  ...[
    probe("a timeout before the headers", (world) => {
      world.answer("zones", () => {});
      return kyCall(world, "zones", { timeout: 50 });
    }),
    probe("a total timeout before the headers", (world) => {
      world.answer("zones", () => {});
      return kyCall(world, "zones", { totalTimeout: 50 });
    }),
    probe("a timeout before the end of the body", (world) => {
      world.answer("zones", (response) => response.write("first"));
      return kyOutcome(() => world.http("zones", { timeout: 50 }).text());
    }),
  ].map((it) => ({ ...it, sendsMaybe: true })),
  probe("an abort before the headers", async (world) => {
    world.answer("zones", () => {});
    const controller = new AbortController();
    const reason = new RangeError("my own reason");
    const call = kyOutcome(() => world.http("zones", { signal: controller.signal }), reason);
    await world.arrived("zones");
    controller.abort(reason);
    const result = await call;
    await world.left("zones");
    return result;
  }),
  probe("an abort while the body is read", async (world) => {
    world.answer("zones", (response) => response.write("first"));
    const controller = new AbortController();
    const reason = new RangeError("my own reason");
    const response = await world.http("zones", { signal: controller.signal });
    const reading = kyOutcome(() => response.text(), reason);
    controller.abort(reason);
    return await reading;
  }),
  probe("an abort of a Request's own signal", async (world) => {
    const reason = new RangeError("my own reason");
    const request = new Request(world.url("zones"), { signal: AbortSignal.abort(reason) });
    return await kyOutcome(() => world.http(request), reason);
  }),
  probe("a redirect", (world) => {
    world.answer("zones", (response) => response.writeHead(302, { location: "other" }).end());
    return kyCall(world, "zones");
  }),
  probe("a 307 of a POST with json", (world) => {
    world.answer("zones", (response) => response.writeHead(307, { location: "other" }).end());
    return kyCall(world, "zones", { method: "post", json: { a: 1 } });
  }),
  probe("a 307 of a POST with a form", (world) => {
    world.answer("zones", (response) => response.writeHead(307, { location: "other" }).end());
    const body = new FormData();
    body.append("a", "1");
    return kyCall(world, "zones", { method: "post", body });
  }),
  probe("a redirect with redirect: error", (world) => {
    world.answer("zones", (response) => response.writeHead(302, { location: "other" }).end());
    return kyCall(world, "zones", { redirect: "error" });
  }),
];
