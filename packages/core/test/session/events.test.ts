import { expect, test } from "vitest";
import type { SessionEvent } from "../../src/contract/events/session-events.ts";
import { EventEmitter } from "../../src/session/event-emitter.ts";
import { fakeVendor } from "../fake-vendor.ts";
import { settle } from "../virtual-clock.ts";

class FakeEmitter extends EventEmitter<unknown> {
  override readonly flow = { vendor: "fake" };
}

const rejected: SessionEvent = {
  type: "rejected",
  info: { vendor: "fake", account: "operator", baseUrl: "https://vendor.example/", issuedAt: 0, user: {} },
  status: 401,
};

test("a listener receives only the events of its type, in order", () => {
  const events = new FakeEmitter();
  const heard: unknown[] = [];
  events.on("rejected", (event) => heard.push(event.status));
  events.on("logout", (event) => heard.push(event.type));
  events.emit(rejected);
  events.emit({ ...rejected, status: 403 });
  expect(heard).toEqual([401, 403]);
});

test("a removed listener receives nothing, and removing it twice is no error", () => {
  const events = new FakeEmitter();
  let heard = 0;
  const off = events.on("rejected", () => heard++);
  events.on("rejected", () => heard++);
  events.emit(rejected);
  expect(off()).toBeUndefined();
  off();
  events.emit(rejected);
  expect(heard).toBe(3);
});

test("a listener that is added twice receives an event once, and a listener for two types can be removed from one of them", () => {
  const events = new FakeEmitter();
  const heard: string[] = [];
  const listener = ({ type }: SessionEvent) => void heard.push(type);
  events.on("rejected", listener);
  events.on("login", listener);
  const off = events.on("rejected", listener);
  const login: SessionEvent = { type: "login", info: rejected.info, from: "vendor" };
  for (const event of [rejected, login]) events.emit(event);
  expect(heard).toEqual(["rejected", "login"]);
  off();
  for (const event of [rejected, login]) events.emit(event);
  expect(heard).toEqual(["rejected", "login", "login"]);
});

test("a listener that removes itself or adds another one during an event affects no other listener", () => {
  const events = new FakeEmitter();
  const heard: string[] = [];
  const off = events.on("rejected", () => {
    heard.push("first");
    off();
    events.on("rejected", () => heard.push("new"));
  });
  events.on("rejected", () => heard.push("second"));
  events.emit(rejected);
  expect(heard).toEqual(["first", "second"]);
  events.emit(rejected);
  expect(heard).toEqual(["first", "second", "second", "new"]);
});

for (const [what, listener] of [
  [
    "throws",
    () => {
      throw new Error("in a listener");
    },
  ],
  ["throws undefined", () => Promise.reject(undefined)],
  ["rejects", async () => Promise.reject(new Error("in a listener"))],
] as const) {
  test(`a listener that ${what} affects neither the others nor the session`, async () => {
    const unhandled: unknown[] = [];
    const note = (reason: unknown) => void unhandled.push(reason);
    process.on("unhandledRejection", note);
    try {
      const vendor = fakeVendor();
      const session = vendor.session();
      const heard: string[] = [];
      for (const type of ["login", "rejected", "logout"] as const) {
        session.on(type, listener);
        session.on(type, (event) => heard.push(event.type));
      }
      await session.login();
      vendor.revoke();
      expect((await session.fetch("a")).status).toBe(200);
      await session.logout();
      await settle();
      expect(heard).toEqual(["login", "rejected", "login", "logout"]);
      expect(unhandled).toEqual([]);
    } finally {
      process.off("unhandledRejection", note);
    }
  });
}

test("a listener may use its session", async () => {
  const vendor = fakeVendor();
  const session = vendor.session();
  const calls: Promise<Response>[] = [];
  session.on("login", () => calls.push(session.fetch("from-login")));
  session.on("rejected", () => calls.push(session.fetch("from-rejected")));
  await session.login();
  vendor.revoke();
  await session.fetch("a");
  for (const response of await Promise.all(calls)) expect(response.status).toBe(200);
  expect(vendor.logins).toBe(2);
});
