import { runInNewContext } from "node:vm";
import { describe, expect, test } from "vitest";
import { clients } from "../clients.ts";
import { fakeVendor } from "../fake-vendor.ts";

const form = () => {
  const data = new FormData();
  data.set("name", "Ω gate");
  data.set("file", new Blob(["contents"]), "a.txt");
  return data;
};

const repeatable: [string, () => BodyInit, string | RegExp][] = [
  ["a string", () => "text", "text"],
  ["URLSearchParams", () => new URLSearchParams({ a: "1 2" }), "a=1+2"],
  ["FormData", form, /name="name"\r\n\r\nΩ gate[\s\S]*contents/],
  ["a Blob", () => new Blob(["blob"]), "blob"],
  ["an ArrayBuffer", () => new TextEncoder().encode("buffer").buffer, "buffer"],
  ["a typed array", () => new TextEncoder().encode("bytes"), "bytes"],
];

// Not with undici: its `request` takes no URLSearchParams.
const takes = (usesUndici: boolean, kind: string) => !(usesUndici && kind === "URLSearchParams");

const stream = () =>
  new ReadableStream({
    pull(controller) {
      controller.enqueue(new TextEncoder().encode("once"));
      controller.close();
    },
  });

describe.each(clients)("$name", ({ open, usesUndici }) => {
  test.each(repeatable.filter(([kind]) => takes(usesUndici, kind)))(
    "G5: %s is sent again after a rejection",
    async (_kind, body, arrives) => {
      const vendor = fakeVendor();
      const session = vendor.session();
      const call = open(vendor, session);
      await session.login();
      vendor.revoke();
      expect((await call("upload", { method: "POST", body: body() })).status).toBe(200);
      const uploads = vendor.seen.filter(({ path }) => path === "/upload");
      expect(uploads.map(({ status }) => status)).toEqual([401, 200]);
      for (const upload of uploads) {
        if (typeof arrives === "string") expect(upload.body).toBe(arrives);
        else expect(upload.body).toMatch(arrives);
      }
      const [first, second] = uploads.map(({ headers }) => headers.get("content-type"));
      if (body() instanceof FormData) {
        const boundary = /boundary=(.+)$/.exec(second ?? "")?.[1] ?? "none";
        expect(uploads[1]?.body).toContain(boundary);
      } else expect(second).toBe(first);
    },
  );

  test("G5: a buffer of another realm is resent after a rejection", async () => {
    const vendor = fakeVendor();
    const session = vendor.session();
    const call = open(vendor, session);
    await session.login();
    vendor.revoke();
    const body = runInNewContext("new Uint8Array([102, 111, 114, 101, 105, 103, 110])") as Uint8Array<ArrayBuffer>;
    expect((await call("upload", { method: "POST", body })).status).toBe(200);
    const uploads = vendor.seen.filter(({ path }) => path === "/upload");
    expect(uploads.map((upload) => upload.body)).toEqual(["foreign", "foreign"]);
  });

  test("G5: a stream of up to `replayLimit` is sent again after a rejection", async () => {
    const vendor = fakeVendor();
    const session = vendor.session({ replayLimit: 4 });
    const call = open(vendor, session);
    await session.login();
    vendor.revoke();
    expect((await call("upload", { method: "POST", body: stream() })).status).toBe(200);
    expect(vendor.seen.filter(({ path }) => path === "/upload").map(({ body }) => body)).toEqual(["once", "once"]);
    expect(vendor.logins).toBe(2);
  });

  test("G5: a longer stream is sent once: its rejection is returned unchanged, and the next call signs in", async () => {
    const vendor = fakeVendor();
    const session = vendor.session({ replayLimit: 3 });
    const call = open(vendor, session);
    await session.login();
    vendor.revoke();
    const response = await call("upload", { method: "POST", body: stream() });
    expect([response.status, await response.text()]).toEqual([401, "no session"]);
    expect(vendor.logins).toBe(1);
    expect((await call("zones")).status).toBe(200);
    expect(vendor.logins).toBe(2);
  });

  test("G5: with a `replayLimit` of 0, no stream is kept, and other bodies are still resent", async () => {
    const vendor = fakeVendor();
    const session = vendor.session({ replayLimit: 0 });
    const call = open(vendor, session);
    await session.login();
    vendor.revoke();
    expect((await call("upload", { method: "POST", body: stream() })).status).toBe(401);
    expect((await call("upload", { method: "POST", body: "text" })).status).toBe(200);
  });
});

test("G5: JSON sent by session.http is resent byte for byte, with its content type", async () => {
  const vendor = fakeVendor();
  const session = vendor.session();
  await session.login();
  vendor.revoke();
  await session.http.post("upload", { json: { text: "ä", at: new Date(0) } });
  const uploads = vendor.seen.filter(({ path }) => path === "/upload");
  expect(uploads.map(({ body }) => body)).toEqual(Array(2).fill('{"text":"ä","at":"1970-01-01T00:00:00.000Z"}'));
  expect(uploads.map(({ headers }) => headers.get("content-type"))).toEqual(Array(2).fill("application/json"));
});

const requests: [string, () => BodyInit, string | RegExp][] = [
  ...repeatable,
  ["a stream", stream, "once"],
  ["an empty body", () => "", ""],
];

test.each(requests)(
  "G5: a caller's Request with the body of %s is resent byte for byte",
  async (_kind, body, arrives) => {
    const vendor = fakeVendor();
    const session = vendor.session();
    await session.login();
    vendor.revoke();
    const request = new Request("https://vendor.example/upload", {
      method: "POST",
      body: body(),
      duplex: "half",
    } as RequestInit);
    expect((await session.fetch(request)).status).toBe(200);
    expect(request.bodyUsed).toBe(true);
    const [first, second] = vendor.seen.filter(({ path }) => path === "/upload");
    if (typeof arrives === "string") expect(first?.body).toBe(arrives);
    else expect(first?.body).toMatch(arrives);
    expect([second?.body, second?.headers.get("content-type")]).toEqual([
      first?.body,
      first?.headers.get("content-type"),
    ]);
  },
);

test("G5: a redirect that keeps the body is followed for a caller's Request", async () => {
  const vendor = fakeVendor();
  const session = vendor.session();
  vendor.next("/old", () => new Response(null, { status: 307, headers: { location: "/upload" } }));
  const request = new Request("https://vendor.example/old", { method: "POST", body: "mine" });
  const response = await session.fetch(request);
  expect([response.status, response.redirected]).toEqual([200, true]);
  expect(vendor.seen.at(-1)).toMatchObject({ method: "POST", path: "/upload", body: "mine" });
});

test("G5: such a redirect is not followed if the body of the Request exceeds `replayLimit`", async () => {
  const vendor = fakeVendor();
  const session = vendor.session({ replayLimit: 3 });
  vendor.next("/old", () => new Response(null, { status: 307, headers: { location: "/upload" } }));
  const request = new Request("https://vendor.example/old", { method: "POST", body: "mine" });
  await expect(session.fetch(request)).rejects.toMatchObject({
    code: "unexpected_response",
    message: expect.stringContaining("replayLimit"),
  });
});

test("G5: a slow stream delays its rejection by at most a second", async () => {
  const vendor = fakeVendor();
  let ended = false;
  const body = new ReadableStream({
    cancel() {
      ended = true;
    },
  });
  const session = vendor.session({
    fetch(input, init) {
      if (!String(input).endsWith("upload")) return vendor.fetch(input, init);
      // As in Node, if the response arrives before the whole body was sent.
      new Response(init?.body).body?.cancel().catch(() => {});
      return Promise.resolve(new Response("no session", { status: 401 }));
    },
  });
  await session.login();
  const response = session.fetch("upload", { method: "POST", body, duplex: "half" } as RequestInit);
  await vendor.clock.advance(1_000);
  expect((await response).status).toBe(401);
  expect(ended).toBe(true);
});

test("G5: a caller's Request without a body is resent", async () => {
  const vendor = fakeVendor();
  const session = vendor.session();
  await session.login();
  vendor.revoke();
  expect((await session.fetch(new Request("https://vendor.example/zones"))).status).toBe(200);
});

test("G5: ky neither copies a stream for its own retries nor sends it twice", async () => {
  const vendor = fakeVendor();
  const session = vendor.session();
  await session.login();
  vendor.next("/upload", () => new Response(null, { status: 503 }));
  let pulls = 0;
  const body = new ReadableStream(
    {
      pull(controller) {
        pulls++;
        if (pulls > 3) controller.close();
        else controller.enqueue(new Uint8Array(8));
      },
    },
    { highWaterMark: 0 },
  );
  // By default, ky retries a PUT that gets a 503.
  const wait = session.http.put("upload", { body, headers: { "content-type": "x/y" } });
  await expect(wait).rejects.toMatchObject({ name: "HTTPError" });
  expect(vendor.seen.filter(({ path }) => path === "/upload")).toHaveLength(1);
});

test("G5: a call with ky hooks is resent with the body that a hook put in place of the original", async () => {
  const vendor = fakeVendor();
  const session = vendor.session();
  await session.login();
  vendor.revoke();
  const seen: number[] = [];
  const hooked = session.http.extend({
    json: { of: "extend" },
    hooks: { afterResponse: [({ response }) => void seen.push(response.status)] },
  });
  await hooked.post("upload");
  vendor.revoke();
  const replacing = {
    beforeRequest: [({ request }: { request: Request }) => new Request(request, { body: "replaced" })],
  };
  await session.http.post("upload", { body: "original", hooks: replacing });
  const bodies = vendor.seen.filter(({ path }) => path === "/upload").map(({ body }) => body);
  expect(bodies).toEqual(['{"of":"extend"}', '{"of":"extend"}', "replaced", "replaced"]);
  expect(seen).toEqual([200]);
});

test("G5: an init that is not a plain object keeps its inherited properties", async () => {
  const vendor = fakeVendor();
  const session = vendor.session();
  class Options {
    get method() {
      return "PUT";
    }
    get body() {
      return "of a getter";
    }
  }
  await session.fetch("upload", new Options());
  await session.fetch("upload", Object.create({ method: "PATCH", body: "inherited" }));
  const other = new Request("https://elsewhere.example/", { method: "DELETE", body: "of a request" });
  await session.fetch("upload", other);
  expect(vendor.seen.slice(1).map(({ method, body }) => [method, body])).toEqual([
    ["PUT", "of a getter"],
    ["PATCH", "inherited"],
    ["DELETE", "of a request"],
  ]);
});

test("G5: a Request whose URL does not change is sent itself, with the properties that cannot be copied", async () => {
  const vendor = fakeVendor();
  const inputs: unknown[] = [];
  const session = vendor.session({
    fetch: (input, init) => {
      inputs.push(input);
      return vendor.fetch(input, init);
    },
  });
  await session.login();
  vendor.revoke();
  inputs.length = 0;
  const request = new Request("https://vendor.example/upload", { method: "POST", body: "mine" });
  expect((await session.fetch(request)).status).toBe(200);
  expect(inputs.filter((input) => input === request)).toHaveLength(2);
});
