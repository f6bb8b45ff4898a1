import type { ServerResponse } from "node:http";
import { PerformanceObserver } from "node:perf_hooks";
import { inspect } from "node:util";
import { describeError, describeFacts, type Observed } from "../observe.ts";
import { type Probe, probe, probes, type World } from "../probe.ts";

type Look = (response: Response) => unknown;

function attempt(look: () => unknown): Observed {
  try {
    return (look() ?? null) as Observed;
  } catch (error) {
    return { throws: describeError(error) };
  }
}

const looks: Readonly<Record<string, Look>> = {
  "instanceof Response": (response) => response instanceof Response,
  "its prototype": (response) => Object.getPrototypeOf(response) === Response.prototype,
  "its constructor": (response) => [response.constructor === Response, response.constructor.name],
  "its tag": (response) => Object.prototype.toString.call(response),
  "its own keys": (response) => Reflect.ownKeys(response).map(String),
  JSON: (response) => JSON.stringify(response),
  inspect: (response) => inspect(response, { depth: 0 }).split("\n")[0],
  "the names in it": (response) => {
    const names: string[] = [];
    for (const name in response) names.push(name);
    return names.sort();
  },
  "a spread": (response) => Object.keys({ ...response }),
  "a status that is set": (response) => {
    (response as { status: number }).status = 201;
    return response.status;
  },
  "an own property": (response) => Object.assign(response, { mine: 1 }).mine,
  "Response.prototype.status": (response) =>
    Object.getOwnPropertyDescriptor(Response.prototype, "status")?.get?.call(response),
  "Response.prototype.text": (response) => Response.prototype.text.call(response),
  "Response.prototype.clone": (response) => Response.prototype.clone.call(response).status,
  structuredClone: (response) => structuredClone(response),
  "the headers' prototype": (response) => Object.getPrototypeOf(response.headers) === Headers.prototype,
  "the headers' tag": (response) => Object.prototype.toString.call(response.headers),
  "the headers' constructor": (response) => response.headers.constructor.name,
  "the headers twice": (response) => {
    const { headers } = response;
    return headers === response.headers;
  },
  "instanceof Headers": (response) => response.headers instanceof Headers,
  "headers.append()": (response) => response.headers.append("x-mine", "1"),
  "headers.set()": (response) => response.headers.set("x-mine", "1"),
  "headers.delete()": (response) => response.headers.delete("x-own"),
  "headers.get() in another case": (response) => response.headers.get("X-OWN"),
  "headers.get() of nothing": (response) => response.headers.get("x-nothing"),
  "headers.get() of an invalid name": (response) => response.headers.get("x own"),
  "headers.has()": (response) => [response.headers.has("X-Own"), response.headers.has("x-nothing")],
  "headers.keys()": (response) => [...response.headers.keys()],
  "headers.values()": (response) => [...response.headers.values()],
  "headers.entries()": (response) => [...response.headers.entries()],
  "headers.forEach()": (response) => {
    const seen: unknown[] = [];
    response.headers.forEach((value, name, all) => void seen.push([name, value, all === response.headers]));
    return seen;
  },
  "headers.getSetCookie()": (response) => response.headers.getSetCookie(),
  "headers.get() of the cookies": (response) => response.headers.get("set-cookie"),
  "new Headers()": (response) => [...new Headers(response.headers)],
  "new Headers() can be changed": (response) => {
    const headers = new Headers(response.headers);
    headers.set("x-mine", "1");
    return headers.get("x-mine");
  },
  "Object.fromEntries()": (response) => Object.fromEntries(response.headers),
  "new Response(null, response)": (response) => describeFacts(new Response(null, response)),
  "a Request with its headers": (response) => [
    ...new Request("http://other.example/", { headers: response.headers }).headers,
  ],
  "Headers.prototype.get": (response) => Headers.prototype.get.call(response.headers, "x-own"),
};

function answerWithHeaders(world: World): void {
  world.answer("zones", (response) => {
    response.setHeader("x-own", ["1", "2"]);
    response.setHeader("X-Mixed-Case", "größe".normalize());
    response.setHeader("set-cookie", ["a=1; Path=/", "b=2"]);
    response.setHeader("x-empty", "");
    response.writeHead(200).end("hello");
  });
}

function raw(text: string): (response: ServerResponse) => void {
  return ({ socket }) => {
    socket?.write(Buffer.from(text, "latin1"), () => socket.end());
  };
}

const heads: Readonly<Record<string, string>> = {
  "a header with spaces around its value": "HTTP/1.1 200 OK\r\nx-own: \t a b \t \r\ncontent-length: 0\r\n\r\n",
  "a header with UTF-8": "HTTP/1.1 200 OK\r\nx-own: gr\u00c3\u00b6\u00c3\u009fe\r\ncontent-length: 0\r\n\r\n",
  "a header named __proto__": "HTTP/1.1 200 OK\r\n__proto__: 1\r\ncontent-length: 0\r\n\r\n",
  "a header named constructor": "HTTP/1.1 200 OK\r\nconstructor: 1\r\ncontent-length: 0\r\n\r\n",
  "a header twice with other cases": "HTTP/1.1 200 OK\r\nX-Own: 1\r\nx-own: 2\r\ncontent-length: 0\r\n\r\n",
  "an empty header twice": "HTTP/1.1 200 OK\r\nx-own:\r\nx-own:\r\ncontent-length: 0\r\n\r\n",
  "a content-disposition":
    "HTTP/1.1 200 OK\r\ncontent-disposition: a; filename=gr\u00f6\u00dfe\r\ncontent-length: 0\r\n\r\n",
  "a content-disposition in UTF-8":
    "HTTP/1.1 200 OK\r\ncontent-disposition: a; filename=gr\u00c3\u00b6\r\ncontent-length: 2\r\n\r\nab",
  "no headers": "HTTP/1.1 200 OK\r\n\r\nhello",
  "a status text of several words": "HTTP/1.1 200 All is   well\r\ncontent-length: 0\r\n\r\n",
  "a status of 201 in chunks": "HTTP/1.1 201 Made\r\ntransfer-encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n",
  "a chunk with an extension": "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2;a=b\r\nab\r\n0\r\n\r\n",
  "a header with a NUL": "HTTP/1.1 200 OK\r\nx-own: a\0b\r\ncontent-length: 0\r\n\r\n",
  "a header name with a space": "HTTP/1.1 200 OK\r\nx own: 1\r\ncontent-length: 0\r\n\r\n",
  "line ends without CR": "HTTP/1.1 200 OK\ncontent-length: 2\n\nab",
  "a negative length": "HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\nab",
  "a length that is no number": "HTTP/1.1 200 OK\r\ncontent-length: two\r\n\r\nab",
  "a length and chunks":
    "HTTP/1.1 200 OK\r\ncontent-length: 2\r\ntransfer-encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n",
  "an unknown version": "HTTP/3.7 200 OK\r\ncontent-length: 0\r\n\r\n",
  "a status of two digits": "HTTP/1.1 20 OK\r\ncontent-length: 0\r\n\r\n",
  "a 204 with a body": "HTTP/1.1 204 No Content\r\ncontent-length: 2\r\n\r\nab",
  "a 304 with a length": "HTTP/1.1 304 Not Modified\r\ncontent-length: 500\r\n\r\n",
  "a 103 and then a 200": "HTTP/1.1 103 Early\r\nlink: </a>\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nab",
};

/** The shape of a response and its headers. */
export const shapeProbes: readonly Probe[] = [
  ...probes(looks, async (world, look) => {
    answerWithHeaders(world);
    const response = await world.fetch(world.url("zones"));
    const seen = attempt(() => look(response));
    return await Promise.resolve(seen).catch((error: unknown) => ({ rejects: describeError(error) }));
  }).map((it) => ({ ...it, name: `a look at a response: ${it.name}` })),
  ...probes(heads, (world, text) => {
    world.answer("zones", raw(text));
    return world.call("zones");
  }).map((it) => ({ ...it, name: `a response with ${it.name}` })),
  probe("a call has an entry of resource timing", async (world) => {
    const url = world.url("zones?timed");
    let entries = 0;
    const observer = new PerformanceObserver((list) => {
      entries += list.getEntries().filter(({ name }) => name === url).length;
    });
    observer.observe({ type: "resource" });
    await (await world.fetch(url)).text();
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
    observer.disconnect();
    return entries;
  }),
];
