import { inspect } from "node:util";
import { expect, test } from "vitest";
import { type FakeVendor, fakeVendor } from "../fake-vendor.ts";

/** The session's data comes from the text of the sign-in's response. */
function withLogin(vendor: FakeVendor, body: string, headers: Record<string, string>) {
  return vendor.session(
    {},
    {
      async login(context) {
        const response = await context.send("login.cgi", { body, headers });
        const [, token = ""] = /<token>(.*?)<\/token>/.exec(response.text) ?? [];
        expect(inspect(response, { depth: 5, showHidden: false })).not.toContain(token);
        expect(JSON.stringify(response)).not.toContain(token);
        return { data: token, user: { name: "operator" } };
      },
    },
  );
}

test("a sign-in can send and read XML", async () => {
  const vendor = fakeVendor();
  vendor.live.add("made-up-token");
  vendor.next("/login.cgi", () => new Response("<r><token>made-up-token</token></r>"));
  const session = withLogin(vendor, "<login user='x'/>", { "content-type": "application/xml" });
  expect((await session.fetch("zones")).status).toBe(200);
  const { headers, body } = vendor.seen[0] ?? expect.fail();
  expect([headers.get("content-type"), body]).toEqual(["application/xml", "<login user='x'/>"]);
});

test("a text without a content type is sent as plain text, and an empty response has an empty text", async () => {
  const vendor = fakeVendor();
  let text: string | undefined;
  vendor.next("/login.cgi", () => new Response(null, { status: 204 }));
  const session = vendor.session(
    {},
    {
      async login(context) {
        text = (await context.send("login.cgi", { body: "user=x" })).text;
        return { data: "token", user: { name: "operator" } };
      },
    },
  );
  await session.login();
  expect(text).toBe("");
  expect(vendor.seen[0]?.headers.get("content-type")).toBe("text/plain;charset=UTF-8");
});

test("a header of a request replaces the default header of the same name, in any case", async () => {
  const vendor = fakeVendor();
  const session = vendor.session(
    {},
    {
      async login(context) {
        await context.send("login.cgi", { json: {}, headers: { Accept: "text/xml", "Content-Type": "text/json" } });
        return { data: "token", user: { name: "operator" } };
      },
    },
  );
  await session.login();
  const { headers } = vendor.seen[0] ?? expect.fail();
  expect([headers.get("accept"), headers.get("content-type")]).toEqual(["text/xml", "text/json"]);
});

test("a flow can wait between two requests; the wait counts towards `timeout`, and ends when the login does", async () => {
  const vendor = fakeVendor();
  const { clock } = vendor;
  let polls = 0;
  const login = async (wait: number) => {
    const session = vendor.session(
      { timeout: 30_000 },
      {
        async login(context) {
          for (polls = 1; polls < 4; polls++) await context.sleep(wait);
          return { data: "token", user: { name: "operator" } };
        },
      },
    );
    const result = session.login().then(
      () => "signed in",
      (error: { code?: string }) => error.code,
    );
    await clock.advance(60_000);
    return result;
  };
  expect(await login(2_000)).toBe("signed in");
  expect(polls).toBe(4);
  expect(await login(20_000)).toBe("vendor_unavailable");
  expect(polls).toBe(2);
  expect(clock.pending).toBe(0);
});
