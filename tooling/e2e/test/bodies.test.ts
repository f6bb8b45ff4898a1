import { vendors } from "@vms-tooling/demo/vendors";
import { expect, test } from "vitest";
import { served } from "./served.ts";

// A path that nothing public stands behind: who is not signed in is refused, who is gets a 404 (or what the vendor says).
const PATHS = {
  alta: "api/v1/x",
  findface: "x/",
  alertsite: "x",
  eagleeye: "g/device/list",
  adminToken: "api/admin/v1/x",
};

for (const vendor of vendors) {
  const path = PATHS[vendor.key];

  const doors = {
    "session.http.post json": (session) => session.http.post(path, { json: { a: "ä" }, throwHttpErrors: false }),
    "a form through session.http": (session) =>
      session.http.post(path, { body: new URLSearchParams({ a: "1 2" }), throwHttpErrors: false }),
    "session.fetch with a string": (session) => session.fetch(path, { method: "POST", body: "plain text" }),
  } satisfies Record<string, (session: ReturnType<typeof vendor.create>) => Promise<Response>>;

  for (const [name, send] of Object.entries(doors)) {
    test(`${vendor.name}: ${name}, sent with a revoked session, is resent with the same body and the new credential`, async () => {
      const { simulator, at } = await served();
      const server = simulator[vendor.key];
      const session = vendor.create({ baseUrl: at[vendor.key].baseUrl, credentials: server.account });
      await session.login();
      server.revokeAll();
      server.clearRequests();
      const response = await send(session);
      expect(response.status).not.toBe(401);
      const arrived = server.requests.filter((request) => request.path.endsWith(path.replace(/^\//, "")));
      expect(arrived).toHaveLength(2);
      expect(arrived[1]?.body).toBe(arrived[0]?.body);
      expect(arrived[0]?.body).not.toBe("");
      expect(arrived[1]?.headers.get("content-type")).toBe(arrived[0]?.headers.get("content-type"));
      const credential = (at: number) =>
        `${arrived[at]?.headers.get("authorization")} ${arrived[at]?.headers.get("cookie")}`;
      expect(credential(1)).not.toBe(credential(0));
      expect(server.logins).toBe(2);
      await session.logout();
    });
  }

  test(`${vendor.name}: a short stream, sent with a revoked session, is resent`, async () => {
    const { simulator, at } = await served();
    const server = simulator[vendor.key];
    const session = vendor.create({ baseUrl: at[vendor.key].baseUrl, credentials: server.account });
    await session.login();
    server.revokeAll();
    server.clearRequests();
    const { body } = stream();
    const response = await session.fetch(path, { method: "POST", body, duplex: "half" } as RequestInit);
    expect(response.status).not.toBe(401);
    const arrived = server.requests.filter((request) => request.path.endsWith(path.replace(/^\//, "")));
    expect(arrived.map((request) => request.body)).toEqual(["once", "once"]);
    expect(server.logins).toBe(2);
    await session.logout();
  });

  test(`${vendor.name}: a stream longer than \`replayLimit\`, sent with a revoked session, passes through`, async () => {
    const { simulator, at } = await served();
    const server = simulator[vendor.key];
    const session = vendor.create({ baseUrl: at[vendor.key].baseUrl, credentials: server.account, replayLimit: 3 });
    await session.login();
    server.revokeAll();
    server.clearRequests();
    const { body, pulls } = stream();
    const response = await session.fetch(path, { method: "POST", body, duplex: "half" } as RequestInit);
    // The refusal comes as the vendor gave it: 401, or AlertSite's status in a 200.
    if (vendor.key === "alertsite") expect(await response.json()).toMatchObject({ metadata: { status: "40" } });
    else expect(response.status).toBe(401);
    expect([pulls(), server.requests.length, server.logins]).toEqual([1, 1, 1]);
    // The next call signs in.
    expect((await session.fetch(vendor.firstCall)).ok).toBe(true);
    expect(server.logins).toBe(2);
    await session.logout();
  });
}

function stream() {
  let pulled = 0;
  const body = new ReadableStream({
    pull(controller) {
      pulled++;
      controller.enqueue(new TextEncoder().encode("once"));
      controller.close();
    },
  });
  return { body, pulls: () => pulled };
}
