import { describe, expect, test } from "vitest";
import { type AlertSiteOptions, type AlertSiteServer, createAlertSiteServer, createClock } from "../src/index.ts";
import { call, json } from "./requests.ts";

const minutes = 60_000;
const create = (options: AlertSiteOptions = {}) => createAlertSiteServer({ clock: createClock(1e12), ...options });

interface Answer {
  metadata: { login: string; session: string; status: string | number; message: string };
  results?: object[];
}

async function login(server: AlertSiteServer, { username, password } = server.account): Promise<Answer> {
  return (await (await call(server, "login", json({ login: username, password }))).json()) as Answer;
}

function bearer(login: string, session: string): { authorization: string } {
  return { authorization: `Bearer ${Buffer.from(`${login}:${session}`).toString("base64")}` };
}

async function signIn(server: AlertSiteServer): Promise<{ authorization: string }> {
  return bearer(server.account.username, (await login(server)).metadata.session);
}

async function get(server: AlertSiteServer, path: string, headers: HeadersInit = {}): Promise<Answer> {
  return (await (await call(server, path, { headers })).json()) as Answer;
}

const refused = (login: string, status: string | number = "40") => ({
  metadata: { login, status, message: "Invalid login information." },
});

describe("AlertSite's login", () => {
  test("returns a session and status zero", async () => {
    expect(await login(create())).toEqual({
      metadata: {
        login: "monitor@acme.example",
        session: expect.stringMatching(/^[0-9a-f]{16}$/),
        status: "0",
        message: "No errors.",
      },
    });
  });

  test("returns status 40 without a session for wrong credentials", async () => {
    const server = create();
    const { username } = server.account;
    expect(await login(server, { username, password: "wrong" })).toEqual(refused(username));
    expect(await (await call(server, "login", { method: "POST", body: "{" })).json()).toEqual(refused(""));
    expect([server.logins, server.loginAttempts]).toEqual([0, 2]);
  });

  test("returns status 47 for an inactive account", async () => {
    const account = { username: "new@acme.example", password: "x", state: "not-activated" } as const;
    expect((await login(create({ account }))).metadata.status).toBe("47");
  });

  test("can return the status as a number", async () => {
    const server = create({ statusType: "number" });
    expect((await login(server)).metadata.status).toBe(0);
    expect((await login(server, { username: "x", password: "y" })).metadata.status).toBe(40);
  });

  test("returns errors with HTTP 200, or with a configured status", async () => {
    const body = json({ login: "x", password: "y" });
    expect((await call(create(), "login", body)).status).toBe(200);
    expect((await call(create({ errorStatus: 401 }), "login", body)).status).toBe(401);
  });
});

describe("AlertSite's session", () => {
  test("is accepted in the header or in the query", async () => {
    const server = create();
    const { session } = (await login(server)).metadata;
    const { username } = server.account;
    expect((await get(server, "locations", bearer(username, session))).results).toHaveLength(3);
    const query = new URLSearchParams({ login: username, session });
    expect((await get(server, `locations?${query}`)).results).toHaveLength(3);
  });

  test("in the query takes precedence, or in the header if configured", async () => {
    const both = async (server: AlertSiteServer) => get(server, "locations?login=x&session=y", await signIn(server));
    expect(await both(create())).toEqual(refused("x"));
    expect((await both(create({ precedence: "header" }))).metadata.status).toBe("0");
  });

  test("belongs to its login, in UTF-8", async () => {
    const account = { username: "jörg@acme.example", password: "ü" };
    const server = create({ account });
    expect((await get(server, "locations", await signIn(server))).metadata.status).toBe("0");
    const { session } = (await login(server)).metadata;
    expect((await get(server, "locations", bearer("monitor@acme.example", session))).metadata.status).toBe("40");
  });

  test("works if the user name contains a colon", async () => {
    const server = create({ account: { username: "acme:monitor", password: "x" } });
    expect((await get(server, "locations", await signIn(server))).metadata.status).toBe("0");
  });

  test("expires fifteen minutes after its last use", async () => {
    const server = create();
    const session = await signIn(server);
    for (let n = 0; n < 3; n += 1) {
      server.clock.advance(15 * minutes - 1);
      expect((await get(server, "locations", session)).metadata.status).toBe("0");
    }
    server.clock.advance(15 * minutes);
    expect(await get(server, "locations", session)).toEqual(refused(server.account.username));
    expect(server.sessions).toBe(0);
  });

  test("expires with a configured code", async () => {
    const server = create({ expiredCode: 41 });
    expect((await get(server, "locations")).metadata.status).toBe("41");
  });

  test("ends when it is revoked", async () => {
    const server = create();
    const session = await signIn(server);
    server.revokeAll();
    expect((await get(server, "locations", session)).metadata.status).toBe("40");
  });

  test("counts a failed call as a use, unless configured otherwise", async () => {
    const status = async (options: AlertSiteOptions) => {
      const server = create(options);
      const session = await signIn(server);
      server.clock.advance(10 * minutes);
      await get(server, "devices/unknown", session);
      server.clock.advance(10 * minutes);
      return (await get(server, "locations", session)).metadata.status;
    };
    expect(await status({})).toBe("0");
    expect(await status({ failedCallIsUse: false })).toBe("40");
  });

  test("is rejected in any other header format", async () => {
    const server = create();
    for (const authorization of ["Bearer !!!", `Bearer ${btoa("no colon")}`, "Basic eDp5"]) {
      expect((await get(server, "locations", { authorization })).metadata.status).toBe("40");
    }
  });
});

describe("AlertSite's data", () => {
  test("echoes the session, unless configured otherwise", async () => {
    const server = create();
    const { metadata } = await login(server);
    expect((await get(server, "devices", bearer(metadata.login, metadata.session))).metadata).toEqual(metadata);
    const silent = create({ echoSession: false });
    expect((await get(silent, "devices", await signIn(silent))).metadata).not.toHaveProperty("session");
  });

  test("returns one device, or status 65", async () => {
    const server = create();
    const session = await signIn(server);
    expect((await get(server, "devices/90211", session)).results).toHaveLength(1);
    const answer = await get(server, "devices/1", session);
    expect(answer.metadata).toMatchObject({ status: "65", message: "Invalid device." });
    expect(answer).not.toHaveProperty("results");
  });

  test.for([
    ["id=90211", ["90211"]],
    ["id=90307,90211", ["90211", "90307"]],
    ["site_type=website,soapui", ["90211", "90307"]],
    ["site_type=bitbar", []],
    ["id=90211,90212&site_type=dejaclick", ["90212"]],
  ] as const)("filters devices: %s", async ([query, ids]) => {
    const server = create();
    const answer = await get(server, `devices?${query}`, await signIn(server));
    expect(answer.metadata.status).toBe("0");
    expect((answer.results as { id: string }[]).map(({ id }) => id)).toEqual(ids);
  });

  test("returns status 65 for the id of an unknown device in a filter", async () => {
    const server = create();
    const answer = await get(server, "devices?id=90211,1", await signIn(server));
    expect(answer.metadata).toMatchObject({ status: "65", message: "Invalid device." });
  });

  test("returns the locations of a device, and its script on request", async () => {
    const server = create();
    const session = await signIn(server);
    const [plain] = (await get(server, "devices?id=90212", session)).results!;
    expect(plain).toMatchObject({ locations: [{ id: "10", name: "Lisbon, PT" }] });
    expect(plain).not.toHaveProperty("script");
    const [withScript] = (await get(server, "devices?id=90212&show_scripts=1", session)).results!;
    expect(withScript).toHaveProperty("script");
  });

  test("returns status 64 without the permission", async () => {
    const server = create({ account: { username: "u", password: "p", state: "not-entitled" } });
    const session = await signIn(server);
    expect((await get(server, "devices", session)).metadata.status).toBe("64");
    expect((await get(server, "devices/90211", session)).metadata.status).toBe("64");
    expect((await get(server, "locations", session)).metadata.status).toBe("0");
  });

  test("exists only below the base path", async () => {
    const server = create();
    expect((await server.fetch(`${server.origin}/locations`)).status).toBe(404);
    expect(await get(server, "nothing")).toEqual(refused(""));
    expect((await call(server, "nothing", { headers: await signIn(server) })).status).toBe(404);
  });
});
