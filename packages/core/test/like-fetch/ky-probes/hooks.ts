import ky, { type Hooks, type KyInstance, type Options } from "ky";
import type { Observed } from "../observe.ts";
import { type Probe, probe, probes, type World } from "../probe.ts";
import { describeKyError, describeKyRequest, describeOptions, kyOutcome } from "./calls.ts";

type Log = Observed[];

/** Each hook records its arguments. */
function notingHooks(log: Log): Hooks {
  return {
    init: [(options) => void log.push(["init", describeOptions(options)])],
    beforeRequest: [
      ({ request, options, retryCount }) =>
        void log.push(["beforeRequest", describeKyRequest(request), describeOptions(options), retryCount]),
    ],
    beforeRetry: [
      ({ request, error, retryCount }) =>
        void log.push(["beforeRetry", describeKyRequest(request), describeKyError(error), retryCount]),
    ],
    afterResponse: [
      async ({ request, response, retryCount }) =>
        void log.push([
          "afterResponse",
          describeKyRequest(request),
          response.status,
          await response.text(),
          retryCount,
        ]),
    ],
    beforeError: [
      ({ error }) => {
        log.push(["beforeError", describeKyError(error)]);
        return error;
      },
    ],
  };
}

type Make = (world: World) => Options;

const changing: Readonly<Record<string, Make>> = {
  "beforeRequest that sets a header": () => ({
    hooks: { beforeRequest: [({ request }) => request.headers.set("x-hook", "1")] },
  }),
  "beforeRequest that returns another Request": (w) => ({
    hooks: { beforeRequest: [() => new Request(w.url("other"), { method: "PUT", body: "mine" })] },
  }),
  "beforeRequest that returns a copy of the Request": () => ({
    hooks: { beforeRequest: [({ request }) => new Request(request, { headers: { "x-hook": "1" } })] },
  }),
  "beforeRequest that reads the body of a clone": () => ({
    hooks: {
      beforeRequest: [
        async ({ request }) => {
          request.headers.set("x-length", String((await request.clone().text()).length));
        },
      ],
    },
  }),
  "beforeRequest that returns a Response": () => ({ hooks: { beforeRequest: [() => new Response("mine")] } }),
  "beforeRequest that returns a Response of 500": () => ({
    hooks: { beforeRequest: [() => new Response("mine", { status: 500 })] },
  }),
  "beforeRequest that throws": () => ({
    hooks: {
      beforeRequest: [
        () => {
          throw new RangeError("my own error");
        },
      ],
    },
  }),
  "two beforeRequest hooks": () => ({
    hooks: {
      beforeRequest: [
        ({ request }) => request.headers.append("x-hook", "1"),
        ({ request }) => request.headers.append("x-hook", "2"),
      ],
    },
  }),
  "afterResponse that returns a Response": () => ({ hooks: { afterResponse: [() => new Response("mine")] } }),
  "afterResponse that retries": () => ({
    retry: { limit: 1 },
    hooks: {
      afterResponse: [({ retryCount }) => (retryCount === 0 ? ky.retry({ delay: 0, code: "AGAIN" }) : undefined)],
    },
  }),
  "afterResponse that retries with another Request": (w) => ({
    retry: { limit: 1 },
    hooks: {
      afterResponse: [
        ({ retryCount }) =>
          retryCount === 0 ? ky.retry({ delay: 0, request: new Request(w.url("other")) }) : undefined,
      ],
    },
  }),
  "afterResponse that retries too often": () => ({
    retry: { limit: 1 },
    hooks: { afterResponse: [() => ky.retry({ delay: 0, code: "AGAIN" })] },
  }),
  "afterResponse that throws": () => ({
    hooks: {
      afterResponse: [
        () => {
          throw new RangeError("my own error");
        },
      ],
    },
  }),
  "afterResponse that reads and changes": () => ({
    hooks: {
      afterResponse: [async ({ response }) => new Response(`${await response.text()}!`, { status: response.status })],
    },
  }),
  "init that sets a header": () => ({
    hooks: { init: [(options) => void Object.assign(options, { headers: { "x-hook": "1" } })] },
  }),
  "init that sets search parameters": () => ({
    hooks: { init: [(options) => void Object.assign(options, { searchParams: { a: 1 } })] },
  }),
  "init that sets a prefix": () => ({
    hooks: { init: [(options) => void Object.assign(options, { prefix: "v1" })] },
  }),
  "init that sets json": () => ({
    hooks: { init: [(options) => void Object.assign(options, { json: { mine: 1 } })] },
  }),
  "init that throws": () => ({
    hooks: {
      init: [
        () => {
          throw new RangeError("my own error");
        },
      ],
    },
  }),
};

const failing: Readonly<Record<string, Make>> = {
  "beforeError that returns another error": () => ({
    hooks: { beforeError: [({ error }) => new RangeError(`mine: ${error.name}`)] },
  }),
  "beforeError that changes the error": () => ({
    hooks: { beforeError: [({ error }) => Object.assign(error, { name: "Mine" })] },
  }),
  "beforeError that throws": () => ({
    hooks: {
      beforeError: [
        () => {
          throw new RangeError("my own error");
        },
      ],
    },
  }),
  "beforeRetry that stops": () => ({ retry: retries(2), hooks: { beforeRetry: [() => ky.stop] } }),
  "beforeRetry that sets a header": () => ({
    retry: retries(1),
    hooks: { beforeRetry: [({ request }) => request.headers.set("x-hook", "1")] },
  }),
  "beforeRetry that returns a Request": (w) => ({
    retry: retries(1),
    hooks: { beforeRetry: [() => new Request(w.url("other"), { method: "PUT", body: "mine" })] },
  }),
  "beforeRetry that returns a Response": () => ({
    retry: retries(1),
    hooks: { beforeRetry: [() => new Response("mine")] },
  }),
  "beforeRetry that throws": () => ({
    retry: retries(1),
    hooks: {
      beforeRetry: [
        () => {
          throw new RangeError("my own error");
        },
      ],
    },
  }),
};

const retries = (limit: number) => ({ limit, delay: () => 0, methods: ["get", "put", "post"] as never });

const extended: Readonly<Record<string, (http: KyInstance, world: World) => Promise<unknown>>> = {
  "a call of extend() with headers": (http) => http.extend({ headers: { "x-own": "1" } })("zones"),
  "extend() twice": (http) => http.extend({ headers: { "x-a": "1" } }).extend({ headers: { "x-b": "2" } })("zones"),
  "extend() that removes a header": (http) =>
    http.extend({ headers: { "x-a": "1" } }).extend({ headers: { "x-a": undefined } })("zones"),
  "extend() with a function": (http) =>
    http.extend(({ headers }) => ({ headers: { ...headers, "x-own": "1" } }))("zones"),
  "extend() with a function that receives the defaults": (http) =>
    http
      .extend({ context: { a: 1 }, headers: { "x-a": "1" } })
      .extend((options) => ({ headers: { "x-keys": Object.keys(options).sort().join() } }))("zones"),
  "a call of extend() with a prefix": (http) => http.extend({ prefix: "v1" })("zones"),
  "extend() with a prefix, twice": (http) => http.extend({ prefix: "v1" }).extend({ prefix: "v2" })("zones"),
  "extend() with search parameters, and more in the call": (http) =>
    http.extend({ searchParams: { a: 1 } })("zones", { searchParams: { b: 2 } }),
  "extend() with search parameters that the call removes": (http) =>
    http.extend({ searchParams: { a: 1 } })("zones", { searchParams: { a: undefined } }),
  "extend() with json": (http) => http.extend({ json: { a: 1 } }).post("zones"),
  "extend() with json, and other json in the call": (http) =>
    http.extend({ json: { a: 1 } }).post("zones", { json: { b: 2 } }),
  "extend() with a method": (http) => http.extend({ method: "put" })("zones"),
  "extend() with context": (http) =>
    http.extend({ context: { a: 1, b: { c: 1 } } })("zones", {
      context: { b: { d: 1 } },
      hooks: { beforeRequest: [({ options, request }) => request.headers.set("x-c", JSON.stringify(options.context))] },
    }),
  "extend() with nothing": (http) => http.extend({})("zones"),
  "extend() with hooks, and hooks in the call": (http) =>
    http.extend({ hooks: { beforeRequest: [({ request }) => request.headers.append("x-h", "1")] } })("zones", {
      hooks: { beforeRequest: [({ request }) => request.headers.append("x-h", "2")] },
    }),
  "extend() with a number": (http) => (http.extend as (value: unknown) => KyInstance)(1)("zones"),
  "extend() with an array": (http) => (http.extend as (value: unknown) => KyInstance)([])("zones"),
  "the methods of extend()": (http) => http.extend({ headers: { "x-own": "1" } }).delete("zones"),
  "a derived instance has the same keys": async (http) =>
    new Response([http.extend({}), http.create({})].map((one) => Object.keys(one).sort().join()).join(" ")),
};

function fails(world: World, status = 503): void {
  world.answer("zones", (response) => {
    response.writeHead(status, { "content-type": "application/json" }).end('{"message":"not now"}');
  });
}

export const kyHookProbes: readonly Probe[] = [
  probe("all hooks of a GET", async (world) => {
    const log: Log = [];
    return { result: await kyOutcome(() => world.http("zones", { hooks: notingHooks(log) })), log };
  }),
  probe("all hooks of a POST with json", async (world) => {
    const log: Log = [];
    const options = { hooks: notingHooks(log), json: { a: 1 }, context: { mine: 1 } };
    return { result: await kyOutcome(() => world.http.post("zones", options)), log };
  }),
  probe("all hooks of a call that fails, with retries", async (world) => {
    fails(world);
    const log: Log = [];
    const options = { hooks: notingHooks(log), retry: retries(2) };
    return { result: await kyOutcome(() => world.http("zones", options)), log };
  }),
  probe("all hooks of extend()", async (world) => {
    const log: Log = [];
    return {
      result: await kyOutcome(() => world.http.extend({ hooks: notingHooks(log) }).put("zones", { body: "text" })),
      log,
    };
  }),
  ...probes(changing, (world, make) => kyOutcome(() => world.http.put("zones", { body: "text", ...make(world) }))),
  ...probes(changing, (world, make) => kyOutcome(() => world.http.extend(make(world)).get("zones"))).map((it) => ({
    ...it,
    name: `extend() with ${it.name}`,
  })),
  ...probes(failing, (world, make) => {
    fails(world);
    return kyOutcome(() => world.http.put("zones", { json: { a: 1 }, ...make(world) }));
  }),
  ...probes(failing, (world, make) => {
    world.answer("zones", (response) => response.destroy());
    return kyOutcome(() => world.http.get("zones", make(world)));
  }).map((it) => ({ ...it, name: `of a failed connection, ${it.name}` })),
  ...probes(extended, (world, call) => kyOutcome(() => call(world.http, world))),
  probe("create() with a base URL of its own", (world) =>
    kyOutcome(() => world.http.create({ baseUrl: world.base, headers: { "x-own": "1" } })("zones")),
  ),
  probe("create() forgets what extend() added", (world) =>
    kyOutcome(() =>
      world.http.extend({ headers: { "x-own": "1" }, prefix: "v1" }).create({ baseUrl: world.base })("zones"),
    ),
  ),
  probe("create() with nothing", (world) => kyOutcome(() => world.http.create()("zones"))),
  probe("ky.stop and ky.retry", ({ http }) => [
    http.stop === ky.stop,
    http.retry === ky.retry,
    http.extend({}).stop === ky.stop,
  ]),
];
