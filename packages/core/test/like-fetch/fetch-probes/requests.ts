import * as undici from "undici";
import { describeRequest, type Observed, outcome } from "../observe.ts";
import { type Probe, probe, probes, type World } from "../probe.ts";
import { repeatable, streams } from "./bodies.ts";

const POST = { method: "POST", headers: { "x-own": "1" } };

/** Makes a call with a Request, and describes the Request before, during and after the call. */
async function send(world: World, request: Request, init?: unknown): Promise<Observed> {
  const before = describeRequest(request);
  const call = outcome(() => world.fetch(request, init));
  const during = describeRequest(request);
  return { before, result: await call, during, after: describeRequest(request) };
}

const kinds = {
  "a string": repeatable["a string"],
  "an empty string": repeatable["an empty string"],
  "a Uint8Array": repeatable["a Uint8Array"],
  "a Blob with a type": repeatable["a Blob with a type"],
  "a large Blob": repeatable["a large Blob"],
  "a FormData with fields": repeatable["a FormData with fields"],
  "a FormData with files": repeatable["a FormData with files"],
  URLSearchParams: repeatable.URLSearchParams,
  "a ReadableStream": streams["a ReadableStream"],
  "a ReadableStream that fails": streams["a ReadableStream that fails"],
  "an empty ReadableStream": streams["an empty ReadableStream"],
  "an async generator": streams["an async generator"],
};

const plain: Readonly<Record<string, (world: World) => Request | Promise<Request>>> = {
  "a Request": (w) => new Request(w.url("zones?a=1#part")),
  "a Request with another method": (w) => new Request(w.url("zones"), { method: "DELETE" }),
  "a Request with the method patch": (w) => new Request(w.url("zones"), { method: "patch" }),
  "a Request with headers": (w) => new Request(w.url("zones"), { headers: { "x-own": "1", cookie: "a=1" } }),
  "a clone of a Request": (w) => new Request(w.url("zones"), { ...POST, body: "text" }).clone(),
  "a Request that was cloned": (w) => {
    const request = new Request(w.url("zones"), { ...POST, body: "text" });
    request.clone();
    return request;
  },
  "a Request made of a Request": (w) => new Request(new Request(w.url("zones"), { ...POST, body: "text" })),
  "a Request whose body was read": async (w) => {
    const request = new Request(w.url("zones"), { ...POST, body: "text" });
    await request.text();
    return request;
  },
  "a Request whose body is locked": (w) => {
    const request = new Request(w.url("zones"), { ...POST, body: "text" });
    request.body?.getReader();
    return request;
  },
  "a Request whose body was given to another Request": (w) => {
    const request = new Request(w.url("zones"), { ...POST, body: "text" });
    new Request(request);
    return request;
  },
  "a Request whose body was looked at": (w) => {
    const request = new Request(w.url("zones"), { ...POST, body: "text" });
    void request.body;
    return request;
  },
  "a Request of a subclass": (w) => new (class Own extends Request {})(w.url("zones"), { ...POST, body: "text" }),
  "a Request with a changed url": (w) =>
    Object.defineProperty(new Request(w.url("zones")), "url", { value: w.url("other") }),
  "a Request with an own header added later": (w) => {
    const request = new Request(w.url("zones"));
    request.headers.set("x-own", "1");
    return request;
  },
  "a Request with the cache mode no-store": (w) => new Request(w.url("zones"), { cache: "no-store" }),
  "a Request with the mode same-origin": (w) => new Request(w.url("zones"), { mode: "same-origin" }),
  "a Request with credentials that are omitted": (w) => new Request(w.url("zones"), { credentials: "omit" }),
  "a Request with a referrer": (w) => new Request(w.url("zones"), { referrer: "http://other.example/page" }),
  "a Request with right integrity": (w) =>
    new Request(w.url("zones"), { integrity: "sha256-LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=" }),
  "a Request with wrong integrity": (w) =>
    new Request(w.url("zones"), { integrity: "sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=" }),
  "a Request with keepalive": (w) => new Request(w.url("zones"), { keepalive: true }),
  "a Request of a foreign origin": (w) => new Request(`${w.foreign}/zones`),
  "a Request whose URL has no valid protocol": () => new Request("acme://host/zones"),
};

export const requestProbes: readonly Probe[] = [
  ...probes(plain, async (world, make) => {
    world.answer("zones", (response) => response.end("hello"));
    return await send(world, await make(world));
  }),
  ...probes(kinds, async (world, make) => {
    const body = make?.() as BodyInit;
    return await send(world, new Request(world.url("zones"), { ...POST, body, duplex: "half" } as RequestInit));
  }).map((it) => ({ ...it, name: `a Request whose body is ${it.name}` })),
  ...probes(
    {
      "no members": {},
      null: null,
      "another method": { method: "PUT" },
      "other headers": { headers: { "x-more": "2" } },
      "another body": { body: "other" },
      "another body that is a form": { body: new URLSearchParams({ a: "1" }) },
      "a body that is null": { body: null },
      "a body that is undefined": { body: undefined },
      "the method GET": { method: "GET" },
      "redirect: manual": { redirect: "manual" },
      "a signal": { signal: new AbortController().signal },
      "a signal that is null": { signal: null },
      "an aborted signal": { signal: AbortSignal.abort(new RangeError("my own reason")) },
    },
    (world, init) => send(world, new Request(world.url("zones"), { ...POST, body: "text" }), init),
  ).map((it) => ({ ...it, name: `a Request with a body, and an init with ${it.name}` })),
  probe("a Request with a used body, and another body in the init", async (world) => {
    const request = new Request(world.url("zones"), { ...POST, body: "text" });
    await request.text();
    return await send(world, request, { body: "other" });
  }),
  probe("the same Request twice", async (world) => {
    const request = new Request(world.url("zones"), { headers: { "x-own": "1" } });
    return [await send(world, request), await send(world, request)];
  }),
  probe("the same Request with a body twice", async (world) => {
    const request = new Request(world.url("zones"), { ...POST, body: "text" });
    return [await send(world, request), await send(world, request)];
  }),
  probe("the same Request with a body twice at once", async (world) => {
    const request = new Request(world.url("zones"), { ...POST, body: "text" });
    return await Promise.all([send(world, request), send(world, request)]);
  }),
  probe("a Request and its clone", async (world) => {
    const request = new Request(world.url("zones"), { ...POST, body: "text" });
    const copy = request.clone();
    return [await send(world, request), await send(world, copy)];
  }),
  probe("a clone of a Request can be read after the call", async (world) => {
    const request = new Request(world.url("zones"), { ...POST, body: "text" });
    const copy = request.clone();
    return [await send(world, request), await copy.text()];
  }),
  probe("a Request of undici's package", (world) =>
    outcome(() => world.fetch(new undici.Request(world.url("zones"), { method: "POST", body: "text" }))),
  ),
  probe("a Request with an aborted signal", (world) =>
    send(world, new Request(world.url("zones"), { signal: AbortSignal.abort(new RangeError("my own reason")) })),
  ),
  probe("a Request that is aborted during the call", async (world) => {
    world.answer("zones", () => {});
    const controller = new AbortController();
    const reason = new RangeError("my own reason");
    const request = new Request(world.url("zones"), { ...POST, body: "text", signal: controller.signal });
    const call = outcome(() => world.fetch(request), reason);
    await world.arrived("zones");
    controller.abort(reason);
    const result = await call;
    await world.left("zones");
    return { result, after: describeRequest(request) };
  }),
  probe("a Request with a dispatcher", async (world) => {
    let calls = 0;
    const dispatcher = {
      dispatch(): boolean {
        calls++;
        throw new RangeError("my own dispatcher");
      },
    };
    const request = new Request(world.url("zones"), { dispatcher } as RequestInit);
    return { result: await outcome(() => world.fetch(request)), calls };
  }),
  probe("a Request with a body that the server rejects for its size", async (world) => {
    world.answer("zones", (response) => response.writeHead(413, { connection: "close" }).end("too large"));
    return await send(world, new Request(world.url("zones"), { ...POST, body: "text" }));
  }),
];
