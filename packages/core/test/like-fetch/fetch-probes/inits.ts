import { runInNewContext } from "node:vm";
import { outcome } from "../observe.ts";
import { type Probe, probe, probes, type World } from "../probe.ts";

class Base {
  get method() {
    return "PUT";
  }
  get headers() {
    return { "x-own": "1" };
  }
  get body() {
    return "text";
  }
}
class Derived extends Base {}

const plain = { method: "PUT", headers: { "x-own": "1" }, body: "text" };

const forms: Readonly<Record<string, (world: World) => unknown>> = {
  "an init that is undefined": () => undefined,
  "an init that is null": () => null,
  "an empty init": () => ({}),
  "an init that is a number": () => 42,
  "an init that is a string": () => "PUT",
  "an init that is a function": () => Object.assign(() => {}, plain),
  "a plain init": () => plain,
  "a frozen init": () => Object.freeze({ ...plain, headers: Object.freeze({ ...plain.headers }) }),
  "an init with a null prototype": () => Object.assign(Object.create(null), plain),
  "an init that inherits its members": () => Object.create(plain),
  "an init that inherits some members": () => Object.assign(Object.create({ method: "PUT" }), { body: "text" }),
  "an init that is an instance of a class with getters": () => new Base(),
  "an init that is an instance of a subclass": () => new Derived(),
  "an init with members that are not enumerable": () =>
    Object.defineProperties({}, { method: { value: "PUT" }, body: { value: "text" } }),
  "an init that is a Proxy": () => new Proxy({ ...plain }, {}),
  "an init that is a Proxy without keys": () => new Proxy({ ...plain }, { ownKeys: () => [], has: () => false }),
  "an init of another realm": () => runInNewContext(`({ method: "PUT", headers: { "x-own": "1" }, body: "text" })`),
  "an init with unknown members": () => ({ ...plain, retries: 3, vmsBody: { body: "other" } }),
  "an init with undefined members": () => ({
    method: undefined,
    headers: undefined,
    body: undefined,
    signal: undefined,
  }),
  "a Request as init": (w) => new Request(w.url("other"), { method: "PUT", headers: { "x-own": "1" } }),
  "a Request with a body as init": (w) =>
    new Request(w.url("other"), { method: "PUT", headers: { "x-own": "1" }, body: "text" }),
  "a Response as init": () => new Response("text", { headers: { "x-own": "1" } }),
  "an init whose getter throws": () => ({
    get method() {
      throw new RangeError("my own error");
    },
  }),
  "an init with the member `url`": () => ({ url: "http://other.example/" }),
};

const methods = {
  "the method get": "get",
  "the method post": "post",
  "the method Put": "Put",
  "the method patch in lower case": "patch",
  "the method PATCH": "PATCH",
  "the method delete": "delete",
  "the method OPTIONS": "OPTIONS",
  "the method head": "head",
  "the method QUERY": "QUERY",
  "the method PROPFIND": "PROPFIND",
  "an invented method": "ACME",
  "the method TRACE": "TRACE",
  "the method CONNECT": "CONNECT",
  "a method with a space": "GET IT",
  "an empty method": "",
  "a method with other letters": "GÈT",
  "a method that is null": null,
  "a method that is a number": 7,
  "a method that is an object with toString": { toString: () => "PUT" },
};

const members: Readonly<Record<string, object>> = {
  "the cache mode no-store": { cache: "no-store" },
  "the cache mode reload": { cache: "reload" },
  "the cache mode no-cache": { cache: "no-cache" },
  "the cache mode force-cache": { cache: "force-cache" },
  "the cache mode only-if-cached": { cache: "only-if-cached" },
  "an unknown cache mode": { cache: "sometimes" },
  "credentials that are included": { credentials: "include" },
  "credentials that are omitted": { credentials: "omit" },
  "unknown credentials": { credentials: "sometimes" },
  "the mode same-origin": { mode: "same-origin" },
  "the mode no-cors": { mode: "no-cors" },
  "the mode navigate": { mode: "navigate" },
  "an unknown mode": { mode: "sometimes" },
  "a referrer": { referrer: "http://other.example/page" },
  "an empty referrer": { referrer: "" },
  "a referrer that is no URL": { referrer: "http://" },
  "a referrer policy": { referrer: "http://other.example/page", referrerPolicy: "unsafe-url" },
  "an unknown referrer policy": { referrerPolicy: "sometimes" },
  keepalive: { keepalive: true },
  "a high priority": { priority: "high" },
  "an unknown priority": { priority: "sometimes" },
  "a window that is null": { window: null },
  "a window that is not null": { window: {} },
  "an unknown redirect mode": { redirect: "sometimes" },
  "a redirect mode that is null": { redirect: null },
  "a duplex that is full": { duplex: "full", method: "PUT", body: "text" },
  "integrity that is right": { integrity: "sha256-LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=" },
  "integrity that is wrong": { integrity: "sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=" },
  "a signal that is null": { signal: null },
  "a signal that is a string": { signal: "stop" },
  "a signal that is a plain object": { signal: { aborted: false, addEventListener() {} } },
  "a dispatcher that is no dispatcher": { dispatcher: {} },
};

/** All kinds of second arguments, except headers and bodies. */
export const initProbes: readonly Probe[] = [
  ...probes(forms, (world, make) => world.call("zones", make(world))),
  ...probes(methods, (world, method) => world.call("zones", { method })),
  ...probes(members, (world, init) => {
    world.answer("zones", (response) => response.end("hello"));
    return world.call("zones", init);
  }),
  probe("a Request as init for a Request", (world) => {
    const input = new Request(world.url("zones"), { headers: { "x-first": "1" } });
    const init = new Request(world.url("other"), { method: "DELETE", headers: { "x-second": "1" } });
    return outcome(() => world.fetch(input, init));
  }),
  probe("each member is read once, in the same order, and no other", (world) => {
    const read: string[] = [];
    const init = new Proxy(plain as Record<string, unknown>, {
      get(target, name) {
        read.push(String(name));
        return target[String(name)];
      },
    });
    return Promise.resolve(outcome(() => world.fetch(world.url("zones"), init))).then((result) => ({ result, read }));
  }),
  probe("a dispatcher gets the call", async (world) => {
    const seen: unknown[] = [];
    const dispatcher = {
      dispatch(options: { path: string; method: string }): boolean {
        seen.push([options.method, options.path]);
        throw new RangeError("my own dispatcher");
      },
    };
    return { result: await world.call("zones", { dispatcher }), seen: seen.slice(0, 1) };
  }),
  probe("an init that is changed after the call", async (world) => {
    const init = { method: "PUT", headers: { "x-own": "1" }, body: "text" };
    const result = world.call("zones", init);
    Object.assign(init.headers, { "x-own": "2" });
    Object.assign(init, { method: "DELETE", body: "other" });
    return await result;
  }),
];
