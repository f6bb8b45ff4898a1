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
    "G5: %s arrives again after a rejection",
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

  test("G5: a stream is not teed: its rejection is returned unchanged, and the next call signs in", async () => {
    const vendor = fakeVendor();
    const session = vendor.session();
    const call = open(vendor, session);
    await session.login();
    vendor.revoke();
    const response = await call("upload", { method: "POST", body: stream() });
    expect([response.status, await response.text()]).toEqual([401, "no session"]);
    expect(vendor.logins).toBe(1);
    expect((await call("zones")).status).toBe(200);
    expect(vendor.logins).toBe(2);
  });
});

test("G5: the json of session.http is resent byte for byte, with its content type", async () => {
  const vendor = fakeVendor();
  const session = vendor.session();
  await session.login();
  vendor.revoke();
  await session.http.post("upload", { json: { text: "ä", at: new Date(0) } });
  const uploads = vendor.seen.filter(({ path }) => path === "/upload");
  expect(uploads.map(({ body }) => body)).toEqual(Array(2).fill('{"text":"ä","at":"1970-01-01T00:00:00.000Z"}'));
  expect(uploads.map(({ headers }) => headers.get("content-type"))).toEqual(Array(2).fill("application/json"));
});

test("G5: a caller's Request with a body is sent once", async () => {
  const vendor = fakeVendor();
  const session = vendor.session();
  await session.login();
  vendor.revoke();
  const request = new Request("https://vendor.example/upload", { method: "POST", body: "mine" });
  expect((await session.fetch(request)).status).toBe(401);
  expect(vendor.seen.filter(({ path }) => path === "/upload").map(({ body }) => body)).toEqual(["mine"]);
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
  // ky would retry a PUT and a 503 itself.
  const wait = session.http.put("upload", { body, headers: { "content-type": "x/y" } });
  await expect(wait).rejects.toMatchObject({ name: "HTTPError" });
  expect(vendor.seen.filter(({ path }) => path === "/upload")).toHaveLength(1);
});

test("G5: the body is not guessed after a hook that may replace the request", async () => {
  const vendor = fakeVendor();
  const session = vendor.session();
  await session.login();
  vendor.revoke();
  const hooked = session.http.extend({
    hooks: { beforeRequest: [({ request }) => new Request(request, { body: "replaced" })] },
  });
  await expect(hooked.post("upload", { body: "original", retry: 0 })).rejects.toMatchObject({ name: "HTTPError" });
  expect(vendor.seen.filter(({ path }) => path === "/upload").map(({ body }) => body)).toEqual(["replaced"]);
});
