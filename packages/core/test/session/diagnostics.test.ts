import { channel, tracingChannel } from "node:diagnostics_channel";
import { inspect } from "node:util";
import { expect, onTestFinished, test } from "vitest";
import { CREDENTIALS, fakeVendor } from "../fake-vendor.ts";
import { settle } from "../virtual-clock.ts";

interface Message {
  readonly vendor: string;
  readonly account?: string;
  readonly result?: { readonly account: string; readonly by?: string };
  readonly error?: { readonly code: string };
}

/** Subscribes to a tracing channel until the test ends. */
function trace(name: string): { step: string; message: Message }[] {
  const heard: { step: string; message: Message }[] = [];
  const on = (step: string) => (message: unknown) => void heard.push({ step, message: { ...(message as Message) } });
  const subscribers = {
    start: on("start"),
    end: on("end"),
    asyncStart: on("asyncStart"),
    asyncEnd: on("asyncEnd"),
    error: on("error"),
  };
  const traced = tracingChannel(name);
  traced.subscribe(subscribers);
  onTestFinished(() => traced.unsubscribe(subscribers));
  return heard;
}

const HOUR = 3_600_000;

test("G20: `vms:login` traces a login from its start to its result", async () => {
  const heard = trace("vms:login");
  const vendor = fakeVendor();
  const session = vendor.session();
  await Promise.all([session.fetch("zones"), session.fetch("zones")]);
  expect(heard.map(({ step }) => step)).toEqual(["start", "end", "asyncStart", "asyncEnd"]);
  expect(heard[0]?.message).toMatchObject({
    vendor: "fake",
    origin: "https://vendor.example",
    account: CREDENTIALS.username,
  });
  expect(heard[3]?.message.result).toMatchObject({ account: CREDENTIALS.username });
  const shown = JSON.stringify(heard) + inspect(heard, { showHidden: true, depth: 9 });
  expect(shown).not.toContain("token-1");
  expect(shown).not.toContain(CREDENTIALS.password);
});

test("G20: `vms:login` has the error of a login that fails", async () => {
  const heard = trace("vms:login");
  const vendor = fakeVendor();
  vendor.password = "made-up-and-newer";
  await expect(vendor.session().fetch("zones")).rejects.toMatchObject({ code: "invalid_credentials" });
  expect(heard.find(({ step }) => step === "error")?.message.error).toMatchObject({ code: "invalid_credentials" });
});

test("G20: `vms:renewal` traces a renewal in the background, and says which method it used", async () => {
  const heard = trace("vms:renewal");
  const vendor = fakeVendor();
  vendor.lifetime = HOUR;
  const session = vendor.session({}, { extend: async (context) => ({ expiresAt: context.now() + HOUR }) });
  await session.fetch("zones");
  expect(heard).toEqual([]);
  await vendor.clock.advance(0.74 * HOUR);
  await session.fetch("zones");
  await settle();
  expect(heard.map(({ step }) => step)).toEqual(["start", "end", "asyncStart", "asyncEnd"]);
  expect(heard[0]?.message).toMatchObject({
    vendor: "fake",
    origin: "https://vendor.example",
    account: CREDENTIALS.username,
  });
  expect(heard.at(-1)?.message.result).toMatchObject({ account: CREDENTIALS.username, by: "extend" });
});

test("G20: `vms:resend` and the event `resent` report a call that is sent again", async () => {
  const heard: unknown[] = [];
  const onMessage = (message: unknown) => void heard.push(message);
  channel("vms:resend").subscribe(onMessage);
  onTestFinished(() => void channel("vms:resend").unsubscribe(onMessage));
  const vendor = fakeVendor();
  const session = vendor.session();
  const events: unknown[] = [];
  session.on("resent", (event) => events.push(event));
  await session.fetch("zones");
  expect(heard).toEqual([]);
  vendor.revoke();
  expect((await session.fetch("zones?made-up=secret", { method: "DELETE" })).status).toBe(200);
  expect(events).toEqual([{ type: "resent", method: "DELETE", path: "/zones", status: 401 }]);
  expect(heard).toEqual([
    { vendor: "fake", origin: "https://vendor.example", method: "DELETE", path: "/zones", status: 401 },
  ]);
});

test("a call that is rejected for good is not reported as resent", async () => {
  const vendor = fakeVendor();
  const session = vendor.session({ replayLimit: 0 });
  await session.fetch("zones");
  const events: unknown[] = [];
  session.on("resent", (event) => events.push(event));
  vendor.revoke();
  const body = new Blob(["longer than the limit"]).stream();
  expect((await session.fetch("zones", { method: "POST", body, duplex: "half" } as RequestInit)).status).toBe(401);
  expect(events).toEqual([]);
});
