import { runInNewContext } from "node:vm";
import { outcome } from "../observe.ts";
import { type Probe, probe, probes, type World } from "../probe.ts";

type MakeInput = (world: World) => unknown;

const strings: Readonly<Record<string, MakeInput>> = {
  "an absolute URL": (w) => w.url("zones"),
  "a URL without a path": (w) => w.server.origin,
  "a URL with a query": (w) => w.url("zones?a=1&b=x%20y&b=+"),
  "a URL with a fragment": (w) => w.url("zones#part"),
  "a URL with a query and a fragment": (w) => w.url("zones?a=1#part?b"),
  "a URL with an empty query": (w) => w.url("zones?"),
  "a URL with an empty fragment": (w) => w.url("zones#"),
  "a URL with tabs and line ends": (w) => w.url("zo\tn\nes\r?a=\t1"),
  "a URL with spaces around it": (w) => `  ${w.url("zones")} \n`,
  "a URL with a space": (w) => w.url("zo nes?a=x y#a b"),
  "a URL with other scripts": (w) => w.url("東京/Ωmega?größe=東#Ü"),
  "a URL with an emoji": (w) => w.url("📷?c=📷"),
  "a URL with half of a surrogate pair": (w) => w.url("a\ud800b"),
  "a URL with percent signs": (w) => w.url("100%/%zz/%e6%9d%b1/%2F"),
  "a URL with dot segments": (w) => w.url("a/../b/./c"),
  "a URL with encoded dot segments": (w) => w.url("a/%2e%2e/b"),
  "a URL with dot segments that leave the base": (w) => w.url("../../zones"),
  "a URL with backslashes": (w) => w.url("a\\b"),
  "a URL with two slashes in its path": (w) => w.url("a//b"),
  "a URL with quotes, braces and pipes": (w) => w.url(`a"b'<c>{d}|e^f\`g?"'<>{}|^\``),
  "a URL with a colon in its path": (w) => w.url("users:search"),
  "a URL with an upper-case scheme": (w) => w.url("zones").replace("http:", "HTTP:"),
  "a URL with one slash after its scheme": (w) => w.url("zones").replace("http://", "http:/"),
  "a URL whose host is written as a number": (w) => w.url("zones").replace("127.0.0.1", "2130706433"),
  "a URL with a user name": (w) => w.url("zones").replace("//", "//user@"),
  "a URL with a password": (w) => w.url("zones").replace("//", "//user:made-up@"),
  "a path": () => "zones",
  "a path with a slash": () => "/zones",
  "a query alone": () => "?a=1",
  "an empty string": () => "",
  "a URL without a scheme": (w) => w.url("zones").replace("http:", ""),
  "a URL of a foreign origin": (w) => `${w.foreign}/zones`,
  "a URL with an invalid port": () => "http://127.0.0.1:99999/",
  "a URL with a port that fetch forbids": () => "http://127.0.0.1:6000/",
  "a URL without a host": () => "http://",
  "a URL with an unknown scheme": () => "acme://host/zones",
  "a data URL": () => "data:text/plain,hello",
  "a blob URL": () => URL.createObjectURL(new Blob(["hello"])),
  "an about URL": () => "about:blank",
  "a file URL": () => "file:///nothing",
};

const objects: Readonly<Record<string, MakeInput>> = {
  "a URL object": (w) => new URL(w.url("zones?a=1#part")),
  "a URL object with a changed toString": (w) =>
    Object.assign(new URL(w.url("zones")), { toString: () => w.url("other") }),
  "an object of a subclass of URL": (w) => new (class Own extends URL {})(w.url("zones")),
  "an object like a URL, of another realm": (w) =>
    runInNewContext("({ href, toString() { return href; } })", { href: w.url("zones") }),
  "a String object": (w) => new String(w.url("zones")),
  "an object with toString": (w) => ({ toString: () => w.url("zones") }),
  "an object with Symbol.toPrimitive": (w) => ({ [Symbol.toPrimitive]: () => w.url("zones") }),
  "an object with a property `url`": (w) => ({ url: w.url("other"), toString: () => w.url("zones") }),
  "an object with the property `url` alone": (w) => ({ url: w.url("zones") }),
  "an object with the property `href` alone": (w) => ({ href: w.url("zones") }),
  "an array with a URL": (w) => [w.url("zones")],
  "a function with toString": (w) => Object.assign(() => {}, { toString: () => w.url("zones") }),
  "an object whose toString throws": () => ({
    toString() {
      throw new RangeError("my own error");
    },
  }),
  undefined: () => undefined,
  null: () => null,
  "a number": () => 42,
  true: () => true,
  "a symbol": () => Symbol("zones"),
  "an empty object": () => ({}),
  "a Response": (w) => new Response(w.url("zones")),
  "a Promise": (w) => Promise.resolve(w.url("zones")),
};

/** All kinds of first arguments, except a `Request`. */
export const inputProbes: readonly Probe[] = [
  ...probes({ ...strings, ...objects }, (world, make) => {
    const input = make(world);
    return outcome(() => world.fetch(input));
  }),
  probe("no argument", (world) => outcome(() => (world.fetch as () => unknown)())),
  probe("a URL object that is changed after the call", async (world) => {
    const url = new URL(world.url("zones"));
    const result = outcome(() => world.fetch(url));
    url.pathname = "/other";
    return await result;
  }),
  probe("toString is called once", async (world) => {
    let calls = 0;
    const input = { toString: () => `${++calls === 1 ? world.url("zones") : world.url("other")}` };
    return { result: await outcome(() => world.fetch(input)), calls };
  }),
];
