import type { ServerResponse } from "node:http";
import { describeResponse, type Observed, outcome } from "../observe.ts";
import { type Probe, probe, probes, type World } from "../probe.ts";
import { repeatable, streams } from "./bodies.ts";

type Headers = Record<string, string | string[]>;

function redirect(world: World, path: string, status: number, location: string | undefined, headers: Headers = {}) {
  world.answer(path, (response) => {
    response.writeHead(status, { ...(location === undefined ? {} : { location }), ...headers });
    response.end(status === 300 || location === undefined ? "choose" : "");
  });
}

/** Writes a raw response, because Node validates the responses that it sends. */
function raw(response: ServerResponse, text: string): void {
  response.socket?.write(Buffer.from(text, "latin1"));
  response.socket?.end();
}

const STATUSES = [300, 301, 302, 303, 304, 305, 306, 307, 308];
const METHODS = ["GET", "HEAD", "POST", "PUT", "DELETE", "QUERY"];

const locations: Readonly<Record<string, (world: World) => string>> = {
  "a relative path": () => "other",
  "a path with a slash": (w) => `${w.path("deep/other")}?a=1`,
  "an absolute URL": (w) => w.url("other"),
  "a URL without a scheme": (w) => w.url("other").replace("http:", ""),
  "a query alone": () => "?a=1",
  "a fragment alone after a query": () => "?a=1#there",
  "a fragment": () => "other#there",
  "dot segments": () => "./deep/../other",
  spaces: () => "other x?a=b c",
  "percent signs": () => "100%25/%e6%9d%b1",
  "UTF-8": () => Buffer.from("東京?größe=Ω").toString("latin1"),
  "Latin-1": () => "gr\u00f6\u00dfe",
  "an encoded line end": () => "other%0d%0ax-own:1",
  backslashes: () => "\\api\\other",
  "an empty value": () => "",
  "an unknown scheme": () => "acme://host/other",
  "a data URL": () => "data:text/plain,hello",
  "a file URL": () => "file:///nothing",
  javascript: () => "javascript:alert(1)",
  "an invalid URL": () => "http://[::1",
  "an invalid port": () => "http://127.0.0.1:99999/",
  "a user name": (w) => w.url("other").replace("//", "//user@"),
  "a password": (w) => w.url("other").replace("//", "//user:made-up@"),
  "the same URL": (w) => w.url("zones?again"),
};

const forbidden: Readonly<Record<string, number>> = { "a port that fetch forbids": 6000 };

function chain(world: World, count: number): void {
  for (let n = 0; n < count; n++) redirect(world, `hop-${n}`, 302, `hop-${n + 1}`);
  world.answer(`hop-${count}`, (response) => response.end("end"));
}

const bodies = {
  "a string": repeatable["a string"],
  "a Blob": repeatable["a Blob with a type"],
  "a FormData": repeatable["a FormData with files"],
  URLSearchParams: repeatable.URLSearchParams,
  "a ReadableStream": streams["a ReadableStream"],
};

async function post(world: World, body: unknown, asRequest: boolean): Promise<Observed> {
  const init = { method: "POST", body, duplex: "half", headers: { "content-language": "de", "x-own": "1" } };
  const url = world.url("zones#here");
  return await outcome(() => (asRequest ? world.fetch(new Request(url, init as RequestInit)) : world.fetch(url, init)));
}

export const redirectProbes: readonly Probe[] = [
  ...STATUSES.flatMap((status) => [
    probe(`a ${status} with a Location`, (world) => {
      redirect(world, "zones", status, "other");
      return world.call("zones#here");
    }),
    probe(`a ${status} without a Location`, (world) => {
      redirect(world, "zones", status, undefined);
      return world.call("zones");
    }),
  ]),
  ...[301, 302, 303, 307, 308].flatMap((status) => [
    ...METHODS.map((method) =>
      probe(`a ${status} to a ${method}`, (world) => {
        redirect(world, "zones", status, "other");
        return world.call("zones", { method, headers: { "x-own": "1", "content-type": "text/plain" } });
      }),
    ),
    ...["manual", "error"].map((mode) =>
      probe(`a ${status} with redirect: ${mode}`, (world) => {
        redirect(world, "zones", status, "other", { "x-own": "1" });
        return world.call("zones", { redirect: mode });
      }),
    ),
    ...Object.entries(bodies).flatMap(([kind, make]) =>
      [false, true].map((asRequest) =>
        probe(`a ${status} to a POST of ${kind}${asRequest ? " in a Request" : ""}`, (world) => {
          redirect(world, "zones", status, "other");
          return post(world, make?.(), asRequest);
        }),
      ),
    ),
  ]),
  ...probes(locations, (world, location) => {
    let count = 0;
    const to = location(world);
    world.answer("zones", (response) => {
      if (count++ === 0) raw(response, `HTTP/1.1 302 Found\r\nlocation: ${to}\r\ncontent-length: 0\r\n\r\n`);
      else response.end("again");
    });
    return world.call("zones#here");
  }).map((it) => ({ ...it, name: `a redirect whose Location is or has ${it.name}` })),
  ...probes(forbidden, (world, port) => {
    redirect(world, "zones", 302, `http://127.0.0.1:${port}/`);
    return world.call("zones");
  }).map((it) => ({ ...it, name: `a redirect to ${it.name}` })),
  ...[1, 2, 19, 20, 21].map((count) =>
    probe(`a chain of ${count} redirects`, (world) => {
      chain(world, count);
      return world.call("hop-0");
    }),
  ),
  probe("a redirect to itself, twice, and then an answer", (world) => {
    let count = 0;
    world.answer("zones", (response) => {
      if (count++ < 2) response.writeHead(302, { location: "zones", "set-cookie": `seen=${count}` });
      response.end("end");
    });
    return world.call("zones");
  }),
  probe("two URLs that redirect to each other", (world) => {
    redirect(world, "zones", 302, "other");
    redirect(world, "other", 302, "zones");
    return world.call("zones");
  }),
  probe("a 302 to a POST and then a 307", (world) => {
    redirect(world, "zones", 302, "other");
    redirect(world, "other", 307, "third");
    return post(world, "text", false);
  }),
  probe("a 307 to a POST and then a 303", (world) => {
    redirect(world, "zones", 307, "other");
    redirect(world, "other", 303, "third");
    return post(world, "text", false);
  }),
  probe("a redirect to a 404", (world) => {
    redirect(world, "zones", 302, "other");
    world.answer("other", (response) => response.writeHead(404).end("not here"));
    return world.call("zones");
  }),
  probe("a redirect with a body", (world) => {
    world.answer("zones", (response) => response.writeHead(302, { location: "other" }).end("a".repeat(200_000)));
    return world.call("zones");
  }),
  probe("a redirect whose body never ends", (world) => {
    world.answer("zones", (response) => {
      response.writeHead(302, { location: "other" });
      response.write("a");
    });
    return world.call("zones");
  }),
  probe("a redirect with two Locations", (world) => {
    world.answer("zones", (response) =>
      raw(response, "HTTP/1.1 302 Found\r\nlocation: other\r\nlocation: third\r\ncontent-length: 0\r\n\r\n"),
    );
    return world.call("zones");
  }),
  probe("a redirect to a foreign origin", (world) => {
    redirect(world, "zones", 302, `${world.foreign}/zones`);
    return world.call("zones", { headers: { accept: "text/css" } });
  }),
  probe("a redirect to a foreign origin with own headers", (world) => {
    redirect(world, "zones", 302, `${world.foreign}/zones`);
    return world.call("zones", { headers: { "x-own": "1", cookie: "a=1", "accept-language": "de" } });
  }),
  probe("a redirect to a foreign origin with a body", (world) => {
    redirect(world, "zones", 307, `${world.foreign}/zones`);
    return post(world, "text", false);
  }),
  probe("a redirect to a foreign origin and back", (world) => {
    redirect(world, "zones", 302, `${world.foreign}/back?to=${encodeURIComponent(world.url("end"))}`);
    world.answer("end", (response) => response.end("end"));
    return world.call("zones");
  }),
  probe("an invalid method of a redirected call is not sent", (world) => {
    redirect(world, "zones", 307, "other");
    return world.call("zones", { method: "ac me" });
  }),
  probe("a clone of a redirected response", async (world) => {
    redirect(world, "zones", 302, "other");
    const response = await world.fetch(world.url("zones"));
    return [await describeResponse(response.clone()), await describeResponse(response)];
  }),
  probe("a redirected response is a Response without own properties", async (world) => {
    redirect(world, "zones", 302, "other");
    const response = await world.fetch(world.url("zones"));
    return [Reflect.ownKeys(response).map(String), JSON.stringify(response)];
  }),
  probe("an abort between two redirects", async (world) => {
    redirect(world, "zones", 302, "other");
    world.answer("other", () => {});
    const controller = new AbortController();
    const reason = new RangeError("my own reason");
    const call = outcome(() => world.fetch(world.url("zones"), { signal: controller.signal }), reason);
    await world.arrived("other");
    controller.abort(reason);
    const result = await call;
    await world.left("other");
    return result;
  }),
];
