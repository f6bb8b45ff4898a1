import { createAlertSiteSession } from "@vms/alertsite";
import type { SessionOptions } from "@vms/core";
import { createEagleEyeSession } from "@vms/eagleeye";
import { allVendors, type Vendor } from "@vms-tooling/vendors";
import { expect, test } from "vitest";
import { carries } from "./credential.ts";
import { served } from "./served.ts";

/** The vendors, and those whose credential can also be in the query. */
const vendors: readonly Pick<Vendor, "title" | "key" | "create">[] = [
  ...allVendors,
  {
    title: "SmartBear AlertSite, the credential in the query",
    key: "alertsite",
    create: (options) => createAlertSiteSession({ ...options, transport: "query" }),
  },
  {
    title: "Eagle Eye Networks, the credential in the query",
    key: "eagleeye",
    create: (options) => createEagleEyeSession({ ...options, transport: "query" }),
  },
];

for (const vendor of vendors) {
  /** A session that the vendor has ended, and what the vendor receives from then on. */
  async function revoked(options: Partial<SessionOptions> = {}) {
    const { simulator, at } = await served();
    const server = simulator[vendor.key];
    const session = vendor.create({ baseUrl: at[vendor.key].baseUrl, credentials: server.account, ...options });
    await session.login();
    const before = await session.authorization();
    server.revokeAll();
    server.clearRequests();
    // The vendors have no POST there: without a session they refuse it, and with one they answer as they like.
    const [path = ""] = server.firstCall.split("?", 1);
    const arrived = () => server.requests.filter((request) => request.path.endsWith(`/${path}`));
    return { server, session, before, path, arrived };
  }

  const doors = {
    "session.http.post json": (session, path) => session.http.post(path, { json: { a: "ä" }, throwHttpErrors: false }),
    "a form through session.http": (session, path) =>
      session.http.post(path, { body: new URLSearchParams({ a: "1 2" }), throwHttpErrors: false }),
    "session.fetch with a string": (session, path) => session.fetch(path, { method: "POST", body: "plain text" }),
  } satisfies Record<string, (session: ReturnType<typeof vendor.create>, path: string) => Promise<Response>>;

  for (const [name, send] of Object.entries(doors)) {
    test(`${vendor.title}: ${name}, sent with a revoked session, is resent with the same body and the new credential`, async () => {
      const { server, session, before, path, arrived } = await revoked();
      const response = await send(session, path);
      expect(response.status).not.toBe(401);
      const [first, second, ...more] = arrived();
      expect(more).toEqual([]);
      expect(second?.body).toBe(first?.body);
      expect(first?.body).not.toBe("");
      expect(second?.headers.get("content-type")).toBe(first?.headers.get("content-type"));
      const after = await session.authorization();
      expect([first, second].map((request) => request && [carries(request, before), carries(request, after)])).toEqual([
        [true, false],
        [false, true],
      ]);
      expect(server.logins).toBe(2);
      await session.logout();
    });
  }

  test(`${vendor.title}: a short stream, sent with a revoked session, is resent`, async () => {
    const { server, session, path, arrived } = await revoked();
    const { body } = stream();
    const response = await session.fetch(path, { method: "POST", body, duplex: "half" } as RequestInit);
    expect(response.status).not.toBe(401);
    expect(arrived().map((request) => request.body)).toEqual(["once", "once"]);
    expect(server.logins).toBe(2);
    await session.logout();
  });

  test(`${vendor.title}: a stream longer than \`replayLimit\`, sent with a revoked session, passes through`, async () => {
    const { server, session, path, arrived } = await revoked({ replayLimit: 3 });
    const { body, pulls } = stream();
    const response = await session.fetch(path, { method: "POST", body, duplex: "half" } as RequestInit);
    // The refusal comes as the vendor gave it, which may be a 200 that says so in its body.
    expect(response.status).toBe(arrived()[0]?.status);
    expect([pulls(), server.requests.length, server.logins]).toEqual([1, 1, 1]);
    // The next call signs in.
    expect((await session.fetch(server.firstCall)).ok).toBe(true);
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
