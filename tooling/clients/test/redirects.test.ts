import { createAltaSession } from "@vms/alta";
import { describe, expect, onTestFinished, test } from "vitest";
import type { Client, ClientKind } from "../src/client.ts";
import { clients } from "../src/index.ts";
import { startVendor, type Vendor } from "./vendor.ts";

const FIVE_MB = new Uint8Array(5_000_000).fill(7);

/** A client on a revoked session, so that each call is rejected before it is redirected. */
async function start(kind: ClientKind, options: object = {}): Promise<{ vendor: Vendor; client: Client }> {
  const vendor = await startVendor();
  const session = createAltaSession({
    baseUrl: vendor.origin,
    credentials: vendor.simulator.account,
    allowedOrigins: [vendor.second],
    ...options,
  });
  onTestFinished(() => session.close());
  await session.login();
  vendor.simulator.revokeAll();
  return { vendor, client: kind.create(vendor.origin, session) };
}

const sentTo = ({ calls }: Vendor) => calls.map(({ method, path, status }) => `${method} ${path} ${status}`);
const lastOf = ({ calls }: Vendor) => calls.at(-1) ?? expect.fail("nothing was sent");

describe.each(clients.map((kind) => [kind.name, kind] as const))("%s", (_, kind) => {
  const testUnlessApollo: (name: string, run: () => Promise<void>) => void =
    kind.name === "@apollo/client" ? () => {} : test;

  test.each([307, 308])("a %s redirect repeats the method and the body after a login", async (status) => {
    const { vendor, client } = await start(kind);
    await client.postJson(`redirect/${status}?to=/echo`, { name: "Tür 1" });
    const from = `/redirect/${status}`;
    expect(sentTo(vendor)).toEqual([`POST ${from} 401`, `POST ${from} ${status}`, "POST /echo 200"]);
    expect(vendor.calls[2]?.sha256).toBe(vendor.calls[1]?.sha256);
    expect(lastOf(vendor)).toMatchObject({ length: vendor.calls[0]?.length });
    expect(lastOf(vendor).headers["content-type"]).toBe("application/json");
    expect(vendor.simulator.logins).toBe(2);
  });

  test.each([302, 303])("a %s redirect of a POST becomes a GET without a body", async (status) => {
    const { vendor, client } = await start(kind);
    await client.postJson(`redirect/${status}?to=/echo`, { name: "Tür 1" });
    const from = `/redirect/${status}`;
    expect(sentTo(vendor)).toEqual([`POST ${from} 401`, `POST ${from} ${status}`, "GET /echo 200"]);
    expect(lastOf(vendor)).toMatchObject({ length: 0 });
    expect(lastOf(vendor).headers["content-type"]).toBeUndefined();
    expect(vendor.simulator.logins).toBe(2);
  });

  test("a redirect to an allowed origin carries the credential and the body", async () => {
    const { vendor, client } = await start(kind);
    await client.postJson(`redirect/307?to=${vendor.second}/echo`, { name: "Tür 1" });
    expect(sentTo(vendor).at(-1)).toBe("POST /echo 200");
    expect(lastOf(vendor)).toMatchObject({ origin: vendor.second, sha256: vendor.calls[0]?.sha256 });
    expect(vendor.simulator.logins).toBe(2);
  });

  test("a redirect to another origin does not carry the credential", async () => {
    const { vendor, client } = await start(kind, { allowedOrigins: [] });
    const foreign = await startVendor({ isPublic: true });
    await client.postJson(`redirect/307?to=${foreign.origin}/echo`, { name: "Tür 1" });
    expect(sentTo(foreign)).toEqual(["POST /echo 200"]);
    expect(lastOf(foreign).sha256).toBe(vendor.calls[0]?.sha256);
    expect(lastOf(foreign).headers.cookie).toBeUndefined();
    expect(vendor.simulator.logins).toBe(2);
  });

  testUnlessApollo("an upload of 5 MB within replayLimit is redirected with its body", async () => {
    const { vendor, client } = await start(kind, { replayLimit: 8 * 1_048_576 });
    await client.upload?.("redirect/307?to=/echo", FIVE_MB);
    expect(sentTo(vendor)).toEqual(["POST /redirect/307 401", "POST /redirect/307 307", "POST /echo 200"]);
    expect(new Set(vendor.calls.map(({ sha256 }) => sha256)).size).toBe(1);
    expect(vendor.simulator.logins).toBe(2);
  });
});
