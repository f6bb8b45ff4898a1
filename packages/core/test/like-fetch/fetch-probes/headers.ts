import { runInNewContext } from "node:vm";
import * as undici from "undici";
import { outcome } from "../observe.ts";
import { type Probe, probe, probes } from "../probe.ts";

const forms: Readonly<Record<string, () => unknown>> = {
  "headers as an object": () => ({ "x-own": "1", "X-Mixed-Case": "2" }),
  "headers as Headers": () => new Headers({ "x-own": "1", "X-Mixed-Case": "2" }),
  "headers as pairs": () => [
    ["x-own", "1"],
    ["X-Mixed-Case", "2"],
  ],
  "headers as a Map": () => new Map([["x-own", "1"]]),
  "headers of a generator": () =>
    (function* () {
      yield ["x-own", "1"];
      yield ["x-more", "2"];
    })(),
  "headers as an iterator of sets": () => [new Set(["x-own", "1"])],
  "headers as an object with Symbol.iterator": () => ({
    *[Symbol.iterator]() {
      yield ["x-own", "1"];
    },
    "x-not": "2",
  }),
  "headers of another realm": () => runInNewContext(`({ "x-own": "1" })`),
  "headers as pairs of another realm": () => runInNewContext(`[["x-own", "1"]]`),
  "headers of undici": () => new undici.Headers({ "x-own": "1" }),
  "headers as URLSearchParams": () => new URLSearchParams({ "x-own": "1" }),
  "headers with a null prototype": () => Object.assign(Object.create(null), { "x-own": "1" }),
  "headers that are inherited": () =>
    Object.create({ "x-inherited": "1" }, { "x-own": { value: "2", enumerable: true } }),
  "headers that are not enumerable": () => Object.create(null, { "x-own": { value: "1", enumerable: false } }),
  "headers with a getter": () => ({
    get "x-own"() {
      return "1";
    },
  }),
  "headers that are an instance of a class": () =>
    new (class {
      "x-own" = "1";
      get "x-inherited"() {
        return "2";
      }
    })(),
  "headers as a Proxy": () => new Proxy({ "x-own": "1" }, {}),
  "headers as a function": () => Object.assign(() => {}, { "x-own": "1" }),
  "headers that are undefined": () => undefined,
  "headers that are null": () => null,
  "headers that are empty": () => ({}),
  "headers that are an empty array": () => [],
  "headers that are a string": () => "x-own: 1",
  "headers that are a number": () => 1,
  "headers that are a flat array": () => ["x-own", "1"],
  "headers as pairs of one": () => [["x-own"]],
  "headers as pairs of three": () => [["x-own", "1", "2"]],
  "headers as pairs of which one is null": () => [null],
  "headers with a symbol as name": () => ({ [Symbol("x-own")]: "1", "x-other": "1" }),
  "an object with two spellings of a name": () => ({ "x-own": "1", "X-Own": "2", "X-OWN": "3" }),
  "pairs with two spellings of a name": () => [
    ["x-own", "1"],
    ["X-Own", "2"],
  ],
  "pairs with a name twice": () => [
    ["x-own", "1"],
    ["x-own", "2"],
  ],
  "pairs with two cookies": () => [
    ["cookie", "a=1"],
    ["cookie", "b=2"],
  ],
  "pairs with two values of accept": () => [
    ["accept", "text/html"],
    ["accept", "text/plain"],
  ],
};

const values: Readonly<Record<string, unknown>> = {
  "a header value that is undefined": undefined,
  "a header value that is null": null,
  "a header value that is a number": 1.5,
  "a header value that is true": true,
  "a header value that is an array": ["a", "b"],
  "a header value that is an object": {},
  "a header value with toString": { toString: () => "mine" },
  "a header value that is a symbol": Symbol("mine"),
  "a header value that is a Date": new Date(0),
  "an empty header value": "",
  "a header value with spaces around it": " \t a b \t ",
  "a header value with Latin letters": "größe",
  "a header value with other letters": "東",
  "a header value with an emoji": "📷",
  "a header value with a line end": "a\nb",
  "a header value with a line end at its end": "a\r\n",
  "a header value with NUL": "a\0b",
  "a header value with DEL": "a\x7fb",
  "a long header value": "a".repeat(10_000),
};

const names: Readonly<Record<string, string>> = {
  "an empty header name": "",
  "a header name with a space": "x own",
  "a header name with a colon": "x:own",
  "a header name with other letters": "x-größe",
  "a header name with a line end": "x-own\n",
  "the header name __proto__": "__proto__",
  "the header name constructor": "constructor",
};

const known: Readonly<Record<string, Record<string, string>>> = {
  "the header accept": { accept: "application/json" },
  "the header accept of everything": { accept: "*/*" },
  "the header accept-encoding": { "accept-encoding": "identity" },
  "the header accept-language": { "accept-language": "de" },
  "the header user-agent": { "user-agent": "caller/1" },
  "the header content-type without a body": { "content-type": "text/plain" },
  "the header content-length without a body": { "content-length": "0" },
  "the header range": { range: "bytes=0-3" },
  "the header if-none-match": { "if-none-match": '"a"' },
  "the header origin": { origin: "http://other.example" },
  "the header referer": { referer: "http://other.example/page" },
  "the header cookie": { cookie: "a=1; b=2" },
  "the header host": { host: "other.example" },
  "the header connection": { connection: "close" },
  "the header connection of an upgrade": { connection: "upgrade", upgrade: "websocket" },
  "the header expect": { expect: "100-continue" },
  "the header te": { te: "trailers" },
  "the header transfer-encoding": { "transfer-encoding": "chunked" },
  "the header keep-alive": { "keep-alive": "timeout=5" },
  "the header proxy-authorization": { "proxy-authorization": "Basic bWFkZTp1cA==" },
  "the header sec-fetch-mode": { "sec-fetch-mode": "navigate" },
  "the header authorization": { authorization: "Basic bWFkZTp1cA==" },
};

export const headerProbes: readonly Probe[] = [
  ...probes(forms, (world, make) => world.call("zones", { headers: make() })),
  ...probes(values, (world, value) => world.call("zones", { headers: { "x-own": value } })),
  ...probes(names, (world, name) => world.call("zones", { headers: { [name]: "1" } })),
  ...probes(known, (world, headers) => world.call("zones", { headers })),
  probe("a header name that is invalid, as a pair", (world) => world.call("zones", { headers: [["x own", "1"]] })),
  probe("a header value with other letters, as a pair", (world) => world.call("zones", { headers: [["x-own", "東"]] })),
  probe("a header __proto__ that is an own property", (world) =>
    world.call("zones", { headers: JSON.parse('{"__proto__":"1"}') }),
  ),
  probe("a Request with headers, and an init without", (world) => {
    const request = new Request(world.url("zones"), { headers: { "x-own": "1", "X-Mixed-Case": "2" } });
    return outcome(() => world.fetch(request, {}));
  }),
  probe("a Request with headers, and other headers in the init", (world) => {
    const request = new Request(world.url("zones"), { headers: { "x-own": "1" } });
    return outcome(() => world.fetch(request, { headers: { "x-other": "2" } }));
  }),
  probe("a Request with headers, and empty headers in the init", (world) => {
    const request = new Request(world.url("zones"), { headers: { "x-own": "1" } });
    return outcome(() => world.fetch(request, { headers: {} }));
  }),
  probe("headers that are too large for the server", (world) =>
    world.call("zones", { headers: { "x-own": "a".repeat(100_000) } }),
  ),
  probe("headers that are changed after the call", async (world) => {
    const headers = new Headers({ "x-own": "1" });
    const result = world.call("zones", { headers });
    headers.set("x-own", "2");
    return await result;
  }),
  probe("headers without `user-agent` name the program", (world) => {
    let agent = "none";
    world.answer("zones", (response, request) => {
      agent = request.headers["user-agent"] ?? "none";
      response.end();
    });
    return world.call("zones").then(() => agent);
  }),
];
