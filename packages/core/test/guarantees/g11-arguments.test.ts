import { describe, expect, test } from "vitest";
import { fakeVendor } from "../fake-vendor.ts";

const refused: [string, RequestInit][] = [
  ["a header value that is not Latin-1", { headers: { "x-name": "東" } }],
  ["a GET with a body", { body: "text" }],
  ["a method with a space in it", { method: "A B" }],
  ["a method that no runtime sends", { method: "TRACE" }],
  ["a mode that does not exist", { mode: "none" as RequestMode }],
  ["a GET with a stream", { body: new ReadableStream(), duplex: "half" } as RequestInit],
];

describe.each(refused)("%s", (_what, init) => {
  const fetchError = () => fetch("https://vendor.example/zones", init).catch((error: Error) => error) as Promise<Error>;

  test("G11: is refused with the message of `fetch`, before a login", async () => {
    const vendor = fakeVendor();
    const { name, message } = await fetchError();
    await expect(vendor.session().fetch("zones", init)).rejects.toMatchObject({ name, message });
    expect(vendor.seen).toEqual([]);
  });

  test("G11: is refused with the message of `fetch` on a live session, which stays in use", async () => {
    const vendor = fakeVendor();
    const session = vendor.session();
    await session.login();
    const { name, message } = await fetchError();
    await expect(session.fetch("zones", init)).rejects.toMatchObject({ name, message });
    expect((await session.fetch("zones")).status).toBe(200);
    expect(vendor.logins).toBe(1);
  });
});

test("G11: a used Request is refused with the message of `fetch`, before a login", async () => {
  const vendor = fakeVendor();
  const request = new Request("https://vendor.example/zones", { method: "POST", body: "text" });
  await request.text();
  const bare = await fetch(request).catch((error: Error) => error.message);
  await expect(vendor.session().fetch(request)).rejects.toThrow(String(bare));
  expect(vendor.seen).toEqual([]);
});

test("G11: a path that starts like a scheme is refused with an error that says how to write it", async () => {
  const vendor = fakeVendor();
  const session = vendor.session();
  await expect(session.fetch("users:search")).rejects.toMatchObject({
    code: "origin_not_allowed",
    message: expect.stringMatching(/start a path that contains a colon with a slash/i),
  });
  expect((await session.fetch("/users:search")).status).toBe(200);
  expect(vendor.seen.at(-1)?.path).toBe("/users:search");
});
