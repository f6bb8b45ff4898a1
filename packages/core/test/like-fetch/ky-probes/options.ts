import type { Options } from "ky";
import { describeBody, type Observed } from "../observe.ts";
import { type Probe, probe, probes, type World } from "../probe.ts";
import { type AnyKy, kyCall, kyOutcome } from "./calls.ts";

const METHODS = ["get", "post", "put", "patch", "head", "delete", "query"] as const;

const inputs: Readonly<Record<string, (world: World) => unknown>> = {
  "a path": () => "zones",
  "a path with a query": () => "zones?a=1",
  "a path with a slash": () => "/zones",
  "a path with a dot": () => "./zones",
  "a path with dot segments": () => "a/../zones",
  "a path with other letters": () => "東京?größe=Ω",
  "a path with a colon": () => "users:search",
  "a query alone": () => "?a=1",
  "an empty path": () => "",
  "an absolute URL": (w) => w.url("zones"),
  "a URL object": (w) => new URL(w.url("zones")),
  "a Request": (w) => new Request(w.url("zones"), { headers: { "x-own": "1" } }),
  "a Request with a body": (w) => new Request(w.url("zones"), { method: "PUT", body: "text" }),
  undefined: () => undefined,
  null: () => null,
  "a number": () => 1,
  "an object with toString": (w) => ({ toString: () => w.url("zones") }),
  "a foreign origin": (w) => `${w.foreign}/zones`,
  "a network path": (w) => w.url("zones").replace("http:", ""),
};

const bodies: Readonly<Record<string, () => Options>> = {
  json: () => ({ json: { a: [1, "Ω", null], b: undefined } }),
  "json that is null": () => ({ json: null }),
  "json that is false": () => ({ json: false }),
  "json that is a string": () => ({ json: "text" }),
  "json that is undefined": () => ({ json: undefined }),
  "json that is circular": () => {
    const json: Record<string, unknown> = {};
    json.self = json;
    return { json };
  },
  "json with an own content-type": () => ({ json: { a: 1 }, headers: { "content-type": "application/acme+json" } }),
  "json and a body": () => ({ json: { a: 1 }, body: "text" }),
  "json and stringifyJson": () => ({ json: { a: 1 }, stringifyJson: (data: unknown) => `own ${JSON.stringify(data)}` }),
  "a string": () => ({ body: "text" }),
  "an empty string": () => ({ body: "" }),
  "a Uint8Array": () => ({ body: new Uint8Array([65, 66]) }),
  "a Blob": () => ({ body: new Blob(["blob"], { type: "text/css" }) }),
  "a FormData": () => {
    const form = new FormData();
    form.append("a", "1");
    form.append("b", new Blob(["x"]), "b.txt");
    return { body: form };
  },
  URLSearchParams: () => ({ body: new URLSearchParams({ a: "1 2" }) }),
  "a ReadableStream": () => ({ body: new Response("text").body }),
  null: () => ({ body: null }),
};

const options: Readonly<Record<string, (world: World) => unknown>> = {
  headers: () => ({ headers: { "x-own": "1", "X-Mixed-Case": "2" } }),
  "headers that are Headers": () => ({ headers: new Headers({ "x-own": "1" }) }),
  "headers that are pairs": () => ({ headers: [["x-own", "1"]] }),
  "headers of which one is undefined": () => ({ headers: { "x-own": undefined, "x-more": "1" } }),
  "a header with other letters": () => ({ headers: { "x-own": "東" } }),
  "an accept header": () => ({ headers: { accept: "text/css" } }),
  "searchParams as an object": () => ({ searchParams: { a: 1, b: "x y", c: true, d: undefined } }),
  "searchParams as a string": () => ({ searchParams: "a=1&b=x+y" }),
  "searchParams as a string with a question mark": () => ({ searchParams: "?a=1" }),
  "searchParams as URLSearchParams": () => ({ searchParams: new URLSearchParams({ a: "1" }) }),
  "searchParams as pairs": () => ({
    searchParams: [
      ["a", 1],
      ["a", 2],
    ],
  }),
  "empty searchParams": () => ({ searchParams: {} }),
  "a prefix": () => ({ prefix: "v1" }),
  "a prefix with a slash at its end": () => ({ prefix: "v1/" }),
  "a prefix with a slash": () => ({ prefix: "/v1" }),
  "a prefix that is a URL": (w) => ({ prefix: w.url("v1") }),
  "an empty prefix": () => ({ prefix: "" }),
  "a baseUrl": (w) => ({ baseUrl: w.url("other/") }),
  "a baseUrl that is a URL": (w) => ({ baseUrl: new URL(w.url("other/")) }),
  "a baseUrl without a slash": (w) => ({ baseUrl: w.url("other") }),
  "a baseUrl and a prefix": (w) => ({ baseUrl: w.url("other/"), prefix: "v1" }),
  "a baseUrl that is empty": () => ({ baseUrl: "" }),
  "prefixUrl, which ky refuses": () => ({ prefixUrl: "v1" }),
  "a method in lower case": () => ({ method: "put" }),
  "an invented method": () => ({ method: "acme" }),
  "an invalid method": () => ({ method: "ac me" }),
  "a context": () => ({ context: { a: 1 } }),
  "an unknown option": () => ({ acme: 1 }),
  "cache: no-store": () => ({ cache: "no-store" }),
  "credentials: omit": () => ({ credentials: "omit" }),
  "redirect: manual": () => ({ redirect: "manual" }),
  keepalive: () => ({ keepalive: true }),
  "timeout: 60000": () => ({ timeout: 60_000 }),
  "a timeout that is too large": () => ({ timeout: 2 ** 31 }),
  "totalTimeout: 60000": () => ({ totalTimeout: 60_000 }),
  "retry: 2": () => ({ retry: 2 }),
  "a retry that is invalid": () => ({ retry: { methods: "get" } }),
  "a retry limit that is negative": () => ({ retry: -1 }),
  "throwHttpErrors: false": () => ({ throwHttpErrors: false }),
  parseJson: () => ({ parseJson: () => ({ mine: 1 }) }),
  "a signal": () => ({ signal: new AbortController().signal }),
  "an aborted signal": () => ({ signal: AbortSignal.abort(new RangeError("my own reason")) }),
  "options that are null": () => null,
  "options that are frozen": () => Object.freeze({ method: "put", json: Object.freeze({ a: 1 }) }),
  "options with a null prototype": () => Object.assign(Object.create(null), { method: "put" }),
  "options that are inherited": () => Object.create({ method: "put", headers: { "x-own": "1" } }),
  "options that are an instance of a class": () =>
    new (class {
      get method() {
        return "put";
      }
      headers = { "x-own": "1" };
    })(),
};

const shortcuts: Readonly<Record<string, (call: ReturnType<AnyKy>) => Promise<unknown>>> = {
  "json()": (call) => call.json(),
  "text()": (call) => call.text(),
  "arrayBuffer()": (call) => call.arrayBuffer(),
  "bytes()": (call) => (call as unknown as Response).bytes(),
  "blob()": (call) => call.blob(),
  "formData()": (call) => call.formData().then((form) => [...form].map(String)),
  "json() twice": async (call) => [await call.json(), await call.json().catch((error: Error) => error.message)],
  "json() of a schema that accepts": (call) => call.json(schema([])),
  "json() of a schema that refuses": (call) => call.json(schema([{ message: "no" }])),
  "json() of something that is no schema": (call) => call.json({} as never),
};

function schema(issues: { message: string }[]) {
  const validate = (value: unknown) => (issues.length === 0 ? { value: { checked: value } } : { issues });
  return { "~standard": { version: 1 as const, vendor: "acme", validate } };
}

async function progress(world: World, options: Options): Promise<Observed> {
  const seen: string[] = [];
  const note = ({ percent, transferredBytes, totalBytes }: Record<string, number>, chunk: Uint8Array) =>
    void seen.push(`${percent} ${transferredBytes} ${totalBytes} ${chunk.length}`);
  const [name] = Object.keys(options).filter((key) => key.startsWith("on")) as ["onUploadProgress"];
  const result = await kyCall(world, "zones", { ...options, [name]: note });
  return { result, seen };
}

export const kyOptionProbes: readonly Probe[] = [
  ...METHODS.flatMap((method) => [
    probe(`${method}()`, (world) => kyOutcome(() => world.http[method]("zones"))),
    probe(`${method}() with options`, (world) =>
      kyOutcome(() => world.http[method]("zones", { headers: { "x-own": "1" }, searchParams: { a: 1 } })),
    ),
    probe(`${method}() with json`, (world) => kyOutcome(() => world.http[method]("zones", { json: { a: 1 } }))),
  ]),
  probe("a method has priority over the option", (world) =>
    kyOutcome(() => world.http.put("zones", { method: "get" })),
  ),
  probe("the keys of an instance", (world) => [Object.keys(world.http).sort(), typeof world.http]),
  ...probes(inputs, (world, make) => kyOutcome(() => (world.http as AnyKy)(make(world)))).map((it) => ({
    ...it,
    name: `an input that is ${it.name}`,
  })),
  ...probes(inputs, (world, make) => kyOutcome(() => (world.http as AnyKy)(make(world), { prefix: "v1" }))).map(
    (it) => ({
      ...it,
      name: `with a prefix, an input that is ${it.name}`,
    }),
  ),
  ...probes(bodies, (world, make) => kyOutcome(() => world.http.post("zones", make()))).map((it) => ({
    ...it,
    name: `a body of ${it.name}`,
  })),
  ...probes(bodies, (world, make) => kyOutcome(() => world.http.extend(make()).put("zones"))).map((it) => ({
    ...it,
    name: `extend() with a body of ${it.name}`,
  })),
  ...probes(options, (world, make) => kyOutcome(() => (world.http as AnyKy)("zones", make(world)))).map((it) => ({
    ...it,
    name: `the options ${it.name}`,
  })),
  ...probes(options, (world, make) => kyOutcome(() => world.http.extend(make(world) as Options)("zones"))).map(
    (it) => ({
      ...it,
      name: `extend() with ${it.name}`,
    }),
  ),
  ...probes(shortcuts, (world, read) => {
    return kyOutcome(() => read((world.http as AnyKy)("zones")));
  }).map((it) => ({ ...it, name: `the shortcut ${it.name}` })),
  ...probes(shortcuts, (world, read) => {
    world.answer("zones", (response) => response.writeHead(204).end());
    return kyOutcome(() => read((world.http as AnyKy)("zones")));
  }).map((it) => ({ ...it, name: `of a 204, the shortcut ${it.name}` })),
  probe("formData() of a form", (world) => {
    world.answer("zones", (response) =>
      response.writeHead(200, { "content-type": "application/x-www-form-urlencoded" }).end("a=1"),
    );
    return kyOutcome(() =>
      world
        .http("zones")
        .formData()
        .then((form) => [...form].map(String)),
    );
  }),
  probe("json() with parseJson", (world) => {
    const parseJson: Options["parseJson"] = (text, { request, response }) => [text, request.url, response.status];
    return kyOutcome(() => world.http("zones", { parseJson }).json());
  }),
  probe("json() of a response with parseJson", async (world) => {
    const response = await world.http("zones", { parseJson: (text) => ({ mine: text }) });
    return await response.json();
  }),
  probe("json() of no JSON", (world) => {
    world.answer("zones", (response) => response.end("<html>"));
    return kyOutcome(() => world.http("zones").json());
  }),
  probe("onDownloadProgress", (world) => {
    world.answer("zones", (response) => response.writeHead(200, { "content-length": "5" }).end("hello"));
    return progress(world, { onDownloadProgress: () => {} });
  }),
  probe("onDownloadProgress of an empty response", (world) => {
    world.answer("zones", (response) => response.end());
    return progress(world, { onDownloadProgress: () => {} });
  }),
  probe("onUploadProgress of a string", (world) =>
    progress(world, { onUploadProgress: () => {}, method: "post", body: "text" }),
  ),
  probe("onUploadProgress of json", (world) =>
    progress(world, { onUploadProgress: () => {}, method: "post", json: {} }),
  ),
  probe("onUploadProgress of a stream", (world) =>
    progress(world, { onUploadProgress: () => {}, method: "post", body: new Response("text").body }),
  ),
  probe("a fetch of the caller's own", async (world) => {
    const seen: Observed[] = [];
    const own = async (input: unknown, init?: RequestInit) => {
      const request = input as Request;
      seen.push([request.method, request.url, [...request.headers], Object.keys(init ?? {}).sort()]);
      return new Response("mine");
    };
    return { result: await kyCall(world, "zones", { fetch: own, json: { a: 1 }, method: "post" }), seen };
  }),
  probe("a body is read after a call", async (world) => {
    const request = new Request(world.url("zones"), { method: "PUT", body: "text" });
    const result = await kyOutcome(() => world.http(request));
    return { result, bodyUsed: request.bodyUsed, body: await describeBody(request) };
  }),
];
