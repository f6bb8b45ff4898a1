import { memoryStore, type Session } from "@vms/core";
import type { FlowContext, FlowResponse } from "@vms/core/flow";
import { afterEach, expect, test, vi } from "vitest";
import * as z from "zod/mini";
import { BASE, bearer, CREDENTIALS, type Part, placeFlows, refused, served, sessionOf } from "./page.ts";

const load = placeFlows("parts");

const login = async () => ({ data: "token", user: {} });

afterEach(() => {
  vi.useRealTimers();
});

test("a 401 about a permission costs no login, and any other 401 does", async () => {
  const { isRejected } = await load<Part<string>>("permissions.ts");
  const forbidden = () => Response.json({ error: "permission_denied" }, { status: 401 });
  const { fetch } = served({ users: forbidden, zones: refused });
  let logins = 0;
  const counted = async () => ({ data: `token-${++logins}`, user: {} });
  const session = sessionOf({ login: counted, ...(isRejected === undefined ? {} : { isRejected }) }, { fetch });
  const response = await session.fetch("users");
  expect([await response.json(), logins]).toEqual([{ error: "permission_denied" }, 1]);
  await session.fetch("zones");
  expect(logins).toBe(2);
});

test("XML is sent with its type, escaped, and read", async () => {
  const { xmlLogin } = await load<{ xmlLogin: (parse: (text: string) => unknown) => Part<string> }>("xml.ts");
  const bodies: string[] = [];
  let status = "ok";
  const { fetch } = served({
    async login(request) {
      expect(request.headers.get("content-type")).toBe("application/xml");
      bodies.push(await request.text());
      return new Response(`<session id="made-up" status="${status}"/>`);
    },
    zones: (request) => (bearer(request) === "made-up" ? Response.json([]) : refused()),
  });
  const parse = (text: string) => {
    const [, id, is] = /id="(.*)" status="(.*)"/.exec(text) ?? [];
    return { session: { id, status: is } };
  };
  expect((await sessionOf(xmlLogin(parse), { fetch }).fetch("zones")).status).toBe(200);
  expect(bodies).toEqual(["<login><user>ada</user><password>made-up &#60;&#38;&#62; password</password></login>"]);
  status = "refused";
  const refusing = sessionOf(xmlLogin(parse), { fetch });
  await expect(refusing.login()).rejects.toMatchObject({ code: "invalid_credentials" });
});

test("a login of two requests resumes where it failed, and ends what it left open", async () => {
  const { inTwoSteps } = await load<{ inTwoSteps: Part<string, { token: string }> }>("two-steps.ts");
  const statuses = [500, 200, 400];
  const { fetch, seen } = served({
    async login(request) {
      return (await request.json()).password === CREDENTIALS.password ? Response.json({ token: "made-up" }) : refused();
    },
    site: () => new Response(null, { status: statuses.shift() ?? 200 }),
    logout: () => new Response(null),
  });
  const retry = { minDelay: 1, maxDelay: 1 };
  await sessionOf(inTwoSteps, { fetch, retry }).login();
  expect(seen).toEqual(["login", "site", "site"]);
  seen.length = 0;
  await expect(sessionOf(inTwoSteps, { fetch, retry }).login()).rejects.toMatchObject({ code: "unexpected_response" });
  await vi.waitFor(() => expect(seen).toEqual(["login", "site", "logout"]));
});

test("a login asks for codes until one is accepted, at most three times", async () => {
  const { askForCode } = await load<{ askForCode: (context: FlowContext<string>) => Promise<{ token: string }> }>(
    "codes.ts",
  );
  const { fetch } = served({
    code: async (request) => ((await request.json()).code === "4711" ? Response.json({ token: "made-up" }) : refused()),
  });
  const part: Part<string> = {
    login: async (context) => ({ data: (await askForCode(context as FlowContext<string>)).token, user: {} }),
  };
  const codes = ["1", "2", "4711"];
  const given = () => ({ method: "totp", code: codes.shift() ?? "0" }) as const;
  await sessionOf(part, { fetch, secondFactor: given }).login();
  expect(codes).toEqual([]);
  await expect(sessionOf(part, { fetch, secondFactor: given }).login()).rejects.toMatchObject({
    code: "second_factor_rejected",
  });
});

test("a login waits for its confirmation on another device", async () => {
  vi.useFakeTimers();
  const { confirmed } = await load<{
    confirmed: (context: FlowContext<string>, ticket: string) => Promise<FlowResponse>;
  }>("polling.ts");
  let polls = 0;
  const { fetch } = served({
    "tickets/7": () => (++polls < 4 ? new Response(null, { status: 202 }) : Response.json({ token: "made-up" })),
  });
  const schema = z.object({ token: z.string() });
  const part: Part<string> = {
    async login(context) {
      return { data: (await confirmed(context as FlowContext<string>, "7")).json(schema).token, user: {} };
    },
  };
  const signedIn = sessionOf(part, { fetch }).login();
  await vi.advanceTimersByTimeAsync(6_000);
  await signedIn;
  expect(polls).toBe(4);
});

test("the store passes the device id of an ended session to the next login", async () => {
  const { onDevice } = await load<{ onDevice: Part<{ token: string; device: string }> }>("device.ts");
  const devices: unknown[] = [];
  const { fetch } = served({
    async login(request) {
      const { password, device = "made-up-device" } = await request.json();
      if (password !== CREDENTIALS.password) return refused();
      devices.push(device);
      return Response.json({ token: "made-up", device: `${device}+` });
    },
  });
  const store = memoryStore();
  const start = Date.now();
  await sessionOf(onDevice, { fetch, store, now: () => start }).login();
  await sessionOf(onDevice, { fetch, store, now: () => start + 10 * 3_600_000 }).login();
  expect(devices).toEqual(["made-up-device", "made-up-device+"]);
});

test("an id moves from a header to the body, also when a call is resent", async () => {
  const { movingId } = await load<{ movingId: (fetch: typeof globalThis.fetch) => typeof globalThis.fetch }>(
    "in-body.ts",
  );
  let logins = 0;
  const bodies: unknown[] = [];
  const { fetch } = served({
    async command(request) {
      expect(request.headers.has("x-session")).toBe(false);
      const body = (await request.json()) as { session: string };
      bodies.push(body);
      return body.session === "id-2" ? Response.json({}) : refused();
    },
  });
  const part: Part<string> = {
    login: async () => ({ data: `id-${++logins}`, user: {} }),
    authorize: ({ data }) => ({ headers: { "x-session": data } }),
  };
  const session = sessionOf(part, { fetch: movingId(fetch) });
  expect((await session.http.post("command", { json: { name: "status" } })).status).toBe(200);
  expect(bodies).toEqual(["id-1", "id-2"].map((id) => ({ name: "status", session: id })));
});

test("a live session is kept alive until the program stops it", async () => {
  vi.useFakeTimers();
  const { keepAlive } = await load<{ keepAlive: (session: Session, path: string, ms: number) => () => void }>(
    "keep-alive.ts",
  );
  const { fetch, seen } = served({ ping: () => new Response("pong") });
  const session = sessionOf({ login }, { fetch });
  const stop = keepAlive(session, "ping", 60_000);
  await vi.advanceTimersByTimeAsync(120_000);
  expect(seen).toEqual([]);
  await session.login();
  await vi.advanceTimersByTimeAsync(120_000);
  stop();
  await vi.advanceTimersByTimeAsync(120_000);
  expect(seen).toEqual(["ping", "ping"]);
});

test("a method of the session makes its call with the session", async () => {
  const { whoAmI } = await load<{ whoAmI: (session: Session) => Promise<{ name: string }> }>("who-am-i.ts");
  const me = (request: Request) => (bearer(request) === "token" ? Response.json({ name: "Ada" }) : refused());
  expect(await whoAmI(sessionOf({ login }, { fetch: served({ "users/me": me }).fetch }))).toEqual({ name: "Ada" });
});

test("the options of a package are validated, their names first", async () => {
  interface Page {
    parseOptions(options: object): { settings: { baseUrl: URL; realm?: string }; common: object };
  }
  const { parseOptions } = await load<Page>("options.ts");
  const given = { baseUrl: BASE, credentials: CREDENTIALS };
  const { settings, common } = parseOptions({ ...given, realm: "north" });
  expect([settings.baseUrl.href, settings.realm, common]).toEqual([BASE, "north", { credentials: CREDENTIALS }]);
  expect(() => parseOptions({ ...given, realm: "" })).toThrow("`realm` must be a non-empty string.");
  expect(() => parseOptions({ ...given, relm: "north" })).toThrow("there is no option `relm`. Did you mean `realm`?");
});
