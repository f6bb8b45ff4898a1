import type { Session } from "@vms/core";
import type { FlowContext } from "@vms/core/flow";
import { afterEach, expect, test, vi } from "vitest";
import { BASE, bearer, CREDENTIALS, type Part, placeFlows, refused, served, sessionOf } from "./page.ts";

const load = placeFlows("docs/guides/vendor-details.md", "parts");
const loadSteps = placeFlows("docs/guides/vendor-steps.md", "steps");
const loadPackage = placeFlows("docs/guides/writing-a-vendor.md", "package");

const login = async () => ({ data: "token", user: {} });

afterEach(() => {
  vi.useRealTimers();
});

test("a 401 about a permission costs no login, any other 401 does", async () => {
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
  const part = await load<Pick<Part<string>, "login">>("xml.ts");
  const bodies: string[] = [];
  let status = "ok";
  const { fetch } = served({
    async login(request) {
      expect(request.headers.get("content-type")).toBe("application/xml");
      bodies.push(await request.text());
      return new Response(`<session id="7" status="${status}"/>`);
    },
    zones: (request) => (bearer(request) === "7" ? Response.json([]) : refused()),
  });
  expect((await sessionOf({ ...part }, { fetch }).fetch("zones")).status).toBe(200);
  expect(bodies).toEqual(["<login><user>ada</user><password>made-up &#60;&#38;&#62; password</password></login>"]);
  status = "refused";
  await expect(sessionOf({ ...part }, { fetch }).login()).rejects.toMatchObject({ code: "invalid_credentials" });
});

test("a login of two requests resumes where it failed, and signs out if it fails for good", async () => {
  const { inTwoSteps } = await loadSteps<{ inTwoSteps: Part<string, { token: string }> }>("two-steps.ts");
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
  const wrong = { ...CREDENTIALS, password: "made-up and wrong" };
  const refusing = sessionOf(inTwoSteps, { fetch, credentials: wrong });
  await expect(refusing.login()).rejects.toMatchObject({ code: "invalid_credentials" });
});

test("a login asks for codes until one is accepted, three times at most", async () => {
  const { askForCode } = await loadSteps<{ askForCode: (context: FlowContext<string>) => Promise<{ token: string }> }>(
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

test("an id in a header is moved into the body, also if a call is sent again", async () => {
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

test("a live session is kept alive until that is stopped", async () => {
  const { keepAlive } = await load<{ keepAlive: (session: Session, path: string, ms: number) => () => void }>(
    "keep-alive.ts",
  );
  vi.useFakeTimers();
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

test("the options of a package are checked, their names first", async () => {
  interface Page {
    parseOptions(options: object): { settings: { baseUrl: URL; realm?: string }; common: object };
  }
  const { parseOptions } = await loadPackage<Page>("options.ts");
  const given = { baseUrl: BASE, credentials: CREDENTIALS };
  const { settings, common } = parseOptions({ ...given, realm: "north" });
  expect([settings.baseUrl.href, settings.realm, common]).toEqual([BASE, "north", { credentials: CREDENTIALS }]);
  expect(() => parseOptions({ ...given, realm: "" })).toThrow("`realm` must be a non-empty string.");
  expect(() => parseOptions({ ...given, relm: "north" })).toThrow("there is no option `relm`. Did you mean `realm`?");
});
