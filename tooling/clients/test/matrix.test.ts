import { createAltaSession } from "@vms/alta";
import { describe, expect, onTestFinished, test } from "vitest";
import type { Client, ClientKind } from "../src/client.ts";
import { clients } from "../src/index.ts";
import { bare } from "./bare.ts";
import { digestOf, streamOf } from "./streams.ts";
import { ERRORS, type ReceivedCall, sha256, sha256OfDownload, startVendor, type Vendor } from "./vendor.ts";

const MIB = 1_048_576;
const FIVE_MB = 5_000_000;
const FIFTY_MB = 50_000_000;

/** Bytes without repetition, so that a lost or repeated part is detected. */
const upload = new Uint8Array(FIVE_MB).map((_, index) => (index * 31 + (index >> 8)) % 251);
const uploaded = { length: FIVE_MB, sha256: sha256(upload) };
const downloaded = { length: FIFTY_MB, sha256: sha256OfDownload(FIFTY_MB) };

interface Started {
  readonly vendor: Vendor;
  readonly client: Client;
}

/** A client on a signed-in session, which the vendor has revoked if requested. */
async function start(kind: ClientKind, state: State, replayLimit?: number): Promise<Started> {
  const vendor = await startVendor();
  const session = createAltaSession({
    baseUrl: vendor.origin,
    credentials: vendor.simulator.account,
    ...(replayLimit === undefined ? {} : { replayLimit }),
  });
  onTestFinished(() => session.close());
  await session.login();
  if (state === "revoked") vendor.simulator.revokeAll();
  return { vendor, client: kind.create(vendor.origin, session) };
}

const states = ["live", "revoked"] as const;
type State = (typeof states)[number];

/** Expects one call, after a rejected one if the session was revoked, and the exact number of logins. */
function expectSent({ simulator, calls }: Vendor, state: State, status = 200): ReceivedCall[] {
  expect(calls.map((call) => call.status)).toEqual(state === "live" ? [status] : [401, status]);
  expect(simulator.logins).toBe(state === "live" ? 1 : 2);
  return [...calls];
}

function expectSame([first, second]: readonly ReceivedCall[]): void {
  if (first === undefined || second === undefined) return;
  expect([second.method, second.path, second.length, second.sha256]).toEqual([
    first.method,
    first.path,
    first.length,
    first.sha256,
  ]);
  expect(second.headers["content-type"]).toBe(first.headers["content-type"]);
  expect(second.headers.cookie).not.toBe(first.headers.cookie);
}

function expectLengthKnown(calls: readonly ReceivedCall[]): void {
  for (const { headers, length } of calls) {
    expect([headers["content-length"], headers["transfer-encoding"]]).toEqual([String(length), undefined]);
  }
}

async function formOf({ body, headers }: ReceivedCall): Promise<[string, unknown][]> {
  const form = await new Response(new Uint8Array(body), {
    headers: { "content-type": headers["content-type"] ?? "" },
  }).formData();
  const entries = [...form].map(async ([name, value]) => [
    name,
    typeof value === "string" ? value : { name: value.name, type: value.type, text: await value.text() },
  ]);
  return Promise.all(entries) as Promise<[string, unknown][]>;
}

/** Runs a test only if the client supports the method. */
function testIf(able: unknown): (name: string, run: () => Promise<void>) => void {
  return (name, run) => {
    if (able !== undefined) test(name, run);
  };
}

describe.each(clients.map((kind) => [kind.name, kind] as const))("%s", (_, kind) => {
  const { postForm, upload: canUpload, download } = kind.create("http://127.0.0.1", bare("http://127.0.0.1"));

  describe.each(states)("with a %s session", (state) => {
    test("GET", async () => {
      const { vendor, client } = await start(kind, state);
      expect(await client.get("echo")).toMatchObject({ method: "GET" });
      expectSame(expectSent(vendor, state));
    });

    test("POST with JSON", async () => {
      const { vendor, client } = await start(kind, state);
      const value = { name: "Tür 1", on: true };
      expect(await client.postJson("echo", value)).toMatchObject({ save: { length: vendor.calls.at(-1)?.length } });
      const sent = expectSent(vendor, state);
      expectSame(sent);
      expectLengthKnown(sent);
      const body = JSON.parse(sent.at(-1)?.body.toString() ?? "");
      expect(kind.name === "@apollo/client" ? body.variables.value : body).toEqual(value);
      expect(sent[0]?.headers["content-type"]).toBe("application/json");
    });

    testIf(postForm)("POST with a urlencoded form", async () => {
      const { vendor, client } = await start(kind, state);
      await client.postForm?.("echo", new URLSearchParams({ name: "Tür 1", on: "a&b" }));
      const sent = expectSent(vendor, state);
      expectSame(sent);
      expectLengthKnown(sent);
      expect(sent[0]?.body.toString()).toBe("name=T%C3%BCr+1&on=a%26b");
      expect(sent[0]?.headers["content-type"]).toMatch(/^application\/x-www-form-urlencoded/);
    });

    testIf(postForm)("POST with a multipart form", async () => {
      const { vendor, client } = await start(kind, state);
      const form = new FormData();
      form.set("name", "Tür 1");
      form.set("image", new File(["\u0000\u0001\n"], "door.bin", { type: "application/x-door" }));
      await client.postForm?.("echo", form);
      const sent = expectSent(vendor, state);
      expectLengthKnown(sent);
      for (const call of sent) {
        expect(await formOf(call)).toEqual([
          ["name", "Tür 1"],
          ["image", { name: "door.bin", type: "application/x-door", text: "\u0000\u0001\n" }],
        ]);
      }
    });

    testIf(canUpload)("an upload of 5 MB from memory, within replayLimit", async () => {
      const { vendor, client } = await start(kind, state, 8 * MIB);
      expect(await client.upload?.("echo", upload)).toMatchObject(uploaded);
      const sent = expectSent(vendor, state);
      expectSame(sent);
      expectLengthKnown(sent);
      expect(sent[0]).toMatchObject(uploaded);
    });

    testIf(canUpload)("an upload of 5 MB as a Blob, within replayLimit", async () => {
      const { vendor, client } = await start(kind, state, 8 * MIB);
      expect(await client.upload?.("echo", new Blob([upload]))).toMatchObject(uploaded);
      const sent = expectSent(vendor, state);
      expectSame(sent);
      expectLengthKnown(sent);
    });

    testIf(download)("a download of 50 MB as a stream", async () => {
      const { vendor, client } = await start(kind, state);
      const stream = await client.download?.(`download/${FIFTY_MB}`);
      expect(await digestOf(stream ?? expect.fail("no stream"))).toEqual(downloaded);
      expectSame(expectSent(vendor, state));
    });

    test.each([404, 422, 500] as const)("the error status %s appears as with the bare fetch", async (status) => {
      const { vendor, client } = await start(kind, state);
      const shown = await client.fail(`status/${status}`);
      expect(shown).toMatchObject({ status, body: ERRORS[status].body });
      expectSent(vendor, state, status);
      const { origin } = await startVendor({ isPublic: true });
      expect(shown).toEqual(await kind.create(origin, bare(origin)).fail(`status/${status}`));
    });
  });

  testIf(canUpload)(
    "an upload of 5 MB from memory, beyond the default replayLimit, with a revoked session",
    async () => {
      const { vendor, client } = await start(kind, "revoked");
      const call = client.upload?.("echo", upload) ?? expect.fail();
      if (kind.hands === "body") {
        expect(await call).toMatchObject(uploaded);
        expectSame(expectSent(vendor, "revoked"));
        return;
      }
      await expectRejection(call, vendor, client);
    },
  );

  testIf(canUpload)("a streamed upload beyond the default replayLimit, with a revoked session", async () => {
    const { vendor, client } = await start(kind, "revoked");
    await expectRejection(client.upload?.("echo", streamOf(FIVE_MB)) ?? expect.fail(), vendor, client);
  });

  testIf(canUpload)("a streamed upload within replayLimit, with a revoked session", async () => {
    const { vendor, client } = await start(kind, "revoked", 8 * MIB);
    expect(await client.upload?.("echo", streamOf(FIVE_MB))).toMatchObject({ length: FIVE_MB });
    expectSame(expectSent(vendor, "revoked"));
  });
});

/** Expects one full upload whose caller gets the rejection, and a next call that signs in. */
async function expectRejection(upload: Promise<unknown>, vendor: Vendor, client: Client): Promise<void> {
  await expect(upload).rejects.toThrow(/401|no session/);
  expect(vendor.calls.map(({ length, status }) => [length, status])).toEqual([[FIVE_MB, 401]]);
  expect(vendor.simulator.logins).toBe(1);
  await client.get("echo");
  expect(vendor.calls.length).toBe(2);
  expect(vendor.simulator.logins).toBe(2);
}
