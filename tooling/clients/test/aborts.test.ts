import { createAltaSession } from "@vms/alta";
import { describe, expect, onTestFinished, test } from "vitest";
import type { Client, ClientKind } from "../src/client.ts";
import { clients } from "../src/index.ts";
import { bare } from "./bare.ts";
import { streamOf } from "./streams.ts";
import { startVendor, type Vendor } from "./vendor.ts";

const REASON = new Error("made-up reason");

/** What the caller of an aborted call sees. */
interface Seen {
  readonly name: string;
  readonly message: string;
  readonly isReason: boolean;
}

async function seen(call: Promise<unknown>): Promise<Seen> {
  const error = await call.then(
    () => expect.fail("the call was not aborted"),
    (reason: Error) => reason,
  );
  // ofetch's messages contain the URL.
  const message = error.message.replace(/127\.0\.0\.1:\d+/, "host");
  return { name: error.name, message, isReason: error === REASON };
}

/** Aborts a call in the same way with a session, during another call, and with the bare `fetch`. */
async function compare(kind: ClientKind, abort: (vendor: Vendor, client: Client) => Promise<Seen>): Promise<void> {
  const vendor = await startVendor();
  const session = createAltaSession({ baseUrl: vendor.origin, credentials: vendor.simulator.account });
  onTestFinished(() => session.close());
  await session.login();
  const client = kind.create(vendor.origin, session);
  const other = client.get("gate");
  await vendor.arrival("/gate");
  const aborted = await abort(vendor, client);
  vendor.openGate();
  expect(await other).toMatchObject({ method: "GET" });
  expect(await client.get("echo")).toMatchObject({ method: "GET" });
  expect(vendor.simulator.logins).toBe(1);

  const publicVendor = await startVendor({ isPublic: true });
  const plain = await abort(publicVendor, kind.create(publicVendor.origin, bare(publicVendor.origin)));
  expect(aborted).toEqual(plain);
}

describe.each(clients.map((kind) => [kind.name, kind] as const))("%s", (_, kind) => {
  const testUnlessApollo: (name: string, run: () => Promise<void>) => void =
    kind.name === "@apollo/client" ? () => {} : test;

  // Apollo Client ignores a signal that is already aborted.
  testUnlessApollo(
    "a call that is aborted before it starts sends nothing, and fails as with the bare fetch",
    async () => {
      await compare(kind, async (vendor, client) => {
        const error = await seen(client.get("echo", { signal: AbortSignal.abort(REASON) }));
        expect(vendor.calls.filter(({ path }) => path === "/echo")).toEqual([]);
        return error;
      });
    },
  );

  test("a call that is aborted while it waits for its response fails as with the bare fetch", async () => {
    await compare(kind, async (vendor, client) => {
      const aborting = new AbortController();
      const call = seen(client.postJson("stall/upload", { name: "Tür 1" }, { signal: aborting.signal }));
      await vendor.arrival("/stall/upload");
      aborting.abort(REASON);
      return await call;
    });
  });

  testUnlessApollo("an upload that is aborted midway fails as with the bare fetch", async () => {
    await compare(kind, async (vendor, client) => {
      const aborting = new AbortController();
      // More than a connection buffers, without a reader. Not endless, because Node reads it after the abort.
      const call = seen(
        client.upload?.("stall/upload", streamOf(50_000_000), { signal: aborting.signal }) ?? expect.fail(),
      );
      await vendor.arrival("/stall/upload");
      aborting.abort(REASON);
      return await call;
    });
  });

  testUnlessApollo("a download that is aborted midway fails as with the bare fetch", async () => {
    await compare(kind, async (vendor, client) => {
      const aborting = new AbortController();
      const stream = await (client.download?.("stall/download", { signal: aborting.signal }) ?? expect.fail());
      const reader = stream.getReader();
      await vendor.arrival("/stall/download");
      expect((await reader.read()).done).toBe(false);
      const rest = seen(
        (async () => {
          while (!(await reader.read()).done);
        })(),
      );
      aborting.abort(REASON);
      return await rest;
    });
  });

  test("aborting a call during its login does not abort the login for other callers", async () => {
    const vendor = await startVendor();
    const session = createAltaSession({ baseUrl: vendor.origin, credentials: vendor.simulator.account });
    onTestFinished(() => session.close());
    const client = kind.create(vendor.origin, session);
    const answered = Promise.withResolvers<void>();
    const asked = Promise.withResolvers<void>();
    session.on("login_started", () => asked.resolve());
    vendor.simulator.script({ delay: answered.promise, when: ({ path }) => path.endsWith("/dologin") });
    const aborting = new AbortController();
    const call = client.get("echo", { signal: aborting.signal });
    const aborted = seen(call);
    const other = client.get("echo");
    await asked.promise;
    aborting.abort(REASON);
    const error = await aborted;
    expect(
      error.isReason ||
        /abort|cancel/i.test(`${error.name} ${error.message}`) ||
        error.message.includes(REASON.message),
    ).toBe(true);
    answered.resolve();
    expect(await other).toMatchObject({ method: "GET" });
    expect(vendor.simulator.logins).toBe(1);
  });
});
