import { describe, expect, test } from "vitest";
import type { Flow } from "../../src/contract/flow/flow.ts";
import { nonInteractive } from "../../src/contract/non-interactive.ts";
import type { SecondFactor, SecondFactorChallenge } from "../../src/contract/second-factor.ts";
import { InvalidRequest } from "../../src/errors/invalid-request.ts";
import { SecondFactorRejected } from "../../src/errors/second-factor-rejected.ts";
import { memoryStore } from "../../src/store/memory-store.ts";
import { CREDENTIALS, type FakeUser, type FakeVendor, fakeVendor } from "../fake-vendor.ts";
import { settle } from "../virtual-clock.ts";

const HOUR = 3_600_000;
const RIGHT = "4711";

interface Guard {
  readonly login: Flow<string, FakeUser>["login"];
  /** The methods by which codes were sent. */
  readonly sent: string[];
  readonly codes: string[];
  /** The methods that cannot send a code. */
  readonly deaf: Set<string>;
  /** Whether the next code arrives too late. */
  late: boolean;
}

/** A sign-in whose second step is a code, by sms or email. */
function guarded(vendor: FakeVendor): Guard {
  const guard: Guard = {
    sent: [],
    codes: [],
    deaf: new Set(),
    late: false,
    async login(context) {
      const login = await vendor.flow.login(context);
      return context.secondFactor({
        methods: [{ type: "sms", hint: "*** 779" }, { type: "email" }],
        maxAttempts: 3,
        async send(type) {
          if (guard.deaf.has(type)) return new InvalidRequest("fake", `no code can be sent by ${type}.`, {});
          guard.sent.push(type);
          return undefined;
        },
        async verify({ code }) {
          guard.codes.push(code);
          await context.send("code", { json: { code } });
          const refused = guard.late ? "late" : "wrong";
          guard.late = false;
          if (code === RIGHT && refused === "wrong") return { accepted: true, value: login };
          return {
            accepted: false,
            reason: refused,
            error: new SecondFactorRejected("fake", "the code was refused.", {}),
          };
        },
      });
    },
  };
  return guard;
}

function setUp(secondFactor?: SecondFactor, options: Parameters<FakeVendor["session"]>[0] = {}, vendor = fakeVendor()) {
  const guard = guarded(vendor);
  const session = vendor.session({ ...(secondFactor && { secondFactor }), ...options }, { login: guard.login });
  return { vendor, guard, session };
}

/** A person who is prompted, and answers when the test says so. */
function human() {
  const asked: SecondFactorChallenge[] = [];
  const answers: PromiseWithResolvers<{ method: "sms" | "email"; code: string }>[] = [];
  const secondFactor: SecondFactor = (challenge) => {
    asked.push(challenge);
    const answer = Promise.withResolvers<{ method: "sms" | "email"; code: string }>();
    answers.push(answer);
    return answer.promise;
  };
  return { asked, secondFactor, says: (code: string) => answers.at(-1)?.resolve({ method: "sms", code }), answers };
}

const codeOf = (error: unknown) => (error as { code?: unknown }).code;

test("the function receives the challenge, which says that a code was sent by the first method", async () => {
  const who = human();
  const { session, guard } = setUp(who.secondFactor);
  const login = session.login();
  await settle();
  expect(who.asked).toEqual([
    {
      vendor: "fake",
      account: CREDENTIALS.username,
      methods: [{ type: "sms", hint: "*** 779" }, { type: "email" }],
      attempt: 1,
      attemptsLeft: 3,
      sent: "sms",
      send: expect.any(Function),
      signal: expect.any(AbortSignal),
    },
  ]);
  expect(guard.sent).toEqual(["sms"]);
  who.says(" 47 11 ");
  expect((await login).account).toBe(CREDENTIALS.username);
  expect(guard.codes).toEqual([RIGHT]);
});

test("without the function, a login that needs a code fails with second_factor_required and the methods, and is not retried", async () => {
  const { session, vendor } = setUp();
  const error = await session.login().catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({
    code: "second_factor_required",
    methods: [{ type: "sms", hint: "*** 779" }, { type: "email" }],
    message: expect.stringContaining("`secondFactor`"),
  });
  expect(await session.fetch("zones").catch(codeOf)).toBe("second_factor_required");
  expect(vendor.logins).toBe(1);
});

test("a person is prompted once for any number of calls", async () => {
  const who = human();
  const { session, vendor } = setUp(who.secondFactor);
  const calls = Array.from({ length: 20 }, () => session.fetch("zones"));
  await settle();
  expect(who.asked).toHaveLength(1);
  who.says(RIGHT);
  expect((await Promise.all(calls)).map(({ status }) => status)).toEqual(Array(20).fill(200));
  expect([who.asked.length, vendor.logins]).toEqual([1, 1]);
});

test("after a wrong code, a new code is sent and requested, and the right code signs in", async () => {
  const who = human();
  const { session, guard, vendor } = setUp(who.secondFactor);
  const login = session.login();
  await settle();
  who.says("0000");
  await settle();
  expect(who.asked[1]).toMatchObject({ attempt: 2, attemptsLeft: 2, last: "wrong", sent: "sms" });
  who.says(RIGHT);
  await login;
  expect(guard.sent).toEqual(["sms", "sms"]);
  expect(vendor.logins).toBe(1);
});

test("after a late code, the prompt is repeated with that reason", async () => {
  const who = human();
  const { session, guard } = setUp(who.secondFactor);
  guard.late = true;
  const login = session.login();
  await settle();
  who.says(RIGHT);
  await settle();
  expect(who.asked[1]).toMatchObject({ attempt: 2, last: "late" });
  who.says(RIGHT);
  await login;
});

test("after the allowed number of wrong codes, the login fails, and nobody is prompted until renew()", async () => {
  const codes = ["0001", "0002", "0003", RIGHT];
  const asked: number[] = [];
  const secondFactor: SecondFactor = ({ attempt }) => {
    asked.push(attempt);
    return { method: "sms", code: codes[asked.length - 1] ?? "" };
  };
  const { session, vendor, guard } = setUp(secondFactor);
  // The error comes from the vendor.
  await expect(session.login()).rejects.toMatchObject({
    code: "second_factor_rejected",
    problem: "the code was refused.",
  });
  expect(await session.fetch("zones").catch(codeOf)).toBe("second_factor_rejected");
  expect([asked, guard.codes, vendor.logins]).toEqual([[1, 2, 3], ["0001", "0002", "0003"], 1]);
  await session.renew();
  expect(asked).toEqual([1, 2, 3, 1]);
});

test("a code whose response was lost counts as wrong", async () => {
  const asked: number[] = [];
  const secondFactor: SecondFactor = ({ attempt }) => {
    asked.push(attempt);
    return { method: "sms", code: RIGHT };
  };
  const { session, vendor } = setUp(secondFactor, { retry: { attempts: 10, minDelay: 1, maxDelay: 1 } });
  for (let n = 0; n < 10; n++) vendor.next("/code", () => Promise.reject(new TypeError("fetch failed")));
  const login = session.login().catch(codeOf);
  await vendor.clock.advance(20_000);
  expect(await login).toBe("second_factor_rejected");
  expect(asked).toEqual([1, 2, 3]);
  expect(await session.fetch("zones").catch(codeOf)).toBe("second_factor_rejected");
  expect(asked).toEqual([1, 2, 3]);
});

test("wrong codes add up over all logins of a session until renew()", async () => {
  const who = human();
  const { session, guard } = setUp(who.secondFactor);
  const first = session.login().catch(codeOf);
  await settle();
  who.says("0001");
  await settle();
  who.answers[1]?.reject(new RangeError("the window was closed"));
  await first;
  for (const code of ["0002", "0003"]) {
    const call = session.fetch("zones").catch(codeOf);
    await settle();
    who.says(code);
    await settle();
    who.answers.at(-1)?.reject(new RangeError("the window was closed"));
    await call;
  }
  expect(guard.codes).toEqual(["0001", "0002", "0003"]);
  expect(await session.fetch("zones").catch(codeOf)).toBe("second_factor_rejected");
  const renewed = session.renew();
  await settle();
  who.says(RIGHT);
  await renewed;
});

describe("sending", () => {
  test("if a code cannot be sent by the first method, it is sent by the next", async () => {
    const who = human();
    const { session, guard } = setUp(who.secondFactor);
    guard.deaf.add("sms");
    const login = session.login();
    await settle();
    expect(who.asked[0]?.sent).toBe("email");
    who.answers[0]?.resolve({ method: "email", code: RIGHT });
    await login;
  });

  test("if no method can send a code, nobody is prompted", async () => {
    const who = human();
    const { session, guard } = setUp(who.secondFactor);
    guard.deaf.add("sms").add("email");
    expect(await session.login().catch(codeOf)).toBe("invalid_request");
    expect(who.asked).toEqual([]);
  });

  test("the next code is sent by the same method as the last", async () => {
    const who = human();
    const { session, guard } = setUp(who.secondFactor);
    const login = session.login();
    await settle();
    await who.asked[0]?.send("email");
    who.answers[0]?.resolve({ method: "email", code: "0000" });
    await settle();
    expect(who.asked[1]?.sent).toBe("email");
    expect(guard.sent).toEqual(["sms", "email", "email"]);
    who.answers[1]?.resolve({ method: "email", code: RIGHT });
    await login;
  });

  test("a code is sent by another method if the function requests it", async () => {
    const errors: unknown[] = [];
    const { session, guard } = setUp(async ({ send }) => {
      await send("email");
      await send("totp").catch((error: unknown) => errors.push(codeOf(error)));
      guard.deaf.add("sms");
      await send("sms").catch((error: unknown) => errors.push(codeOf(error)));
      return { method: "email", code: RIGHT };
    });
    await session.login();
    expect(guard.sent).toEqual(["sms", "email"]);
    expect(errors).toEqual(["invalid_options", "invalid_request"]);
  });
});

describe("time", () => {
  test("the wait for a person does not count towards `timeout`, and everything after it does", async () => {
    const who = human();
    const { session, vendor } = setUp(who.secondFactor, { timeout: 10_000 });
    const login = session.login();
    await vendor.clock.advance(HOUR);
    const held = vendor.hold("/code");
    who.says(RIGHT);
    await held.arrived;
    const failed = login.catch(codeOf);
    await vendor.clock.advance(10_000);
    expect(await failed).toBe("vendor_unavailable");
    held.release();
  });

  test("a code that the vendor does not send in time fails the login within `timeout`, including retries", async () => {
    const who = human();
    const vendor = fakeVendor();
    const session = vendor.session(
      { secondFactor: who.secondFactor, timeout: 10_000, retry: { attempts: 3 } },
      {
        login: async (context) =>
          context.secondFactor({
            methods: [{ type: "sms" }],
            maxAttempts: 3,
            send: () => new Promise(() => {}),
            verify: () => Promise.reject(new Error("nobody was asked")),
          }),
      },
    );
    const failed = session.login().catch(codeOf);
    await vendor.clock.advance(9_999);
    expect(vendor.clock.pending).toBe(1);
    await vendor.clock.advance(1);
    expect(await failed).toBe("vendor_unavailable");
    expect([who.asked.length, vendor.clock.pending]).toEqual([0, 0]);
  });

  test("a session with an idle timeout is not expired after a long wait for a person", async () => {
    const who = human();
    const { session, vendor } = setUp(who.secondFactor, { idleTimeout: 60_000 });
    const login = session.login();
    await vendor.clock.advance(10 * 60_000);
    who.says(RIGHT);
    expect((await login).issuedAt).toBe(vendor.clock.now());
    expect(session.info).toBeDefined();
  });

  test("no timer runs during the wait for a person", async () => {
    const who = human();
    const { session, vendor } = setUp(who.secondFactor);
    const login = session.login();
    await settle();
    expect(vendor.clock.pending).toBe(0);
    who.says(RIGHT);
    await login;
    expect(vendor.clock.pending).toBe(0);
  });
});

test("the next login uses a key that another process has stored since", async () => {
  const store = memoryStore();
  const vendor = fakeVendor();
  const seen: (string | undefined)[] = [];
  const flow: Partial<Flow<string, FakeUser>> = {
    login: (context) => {
      seen.push(context.previous?.data);
      return vendor.flow.login(context);
    },
  };
  const [one, two] = [1, 2].map(() => vendor.session({ store }, flow));
  await one?.login();
  await vendor.clock.advance(1_000);
  await two?.renew();
  await vendor.clock.advance(1_000);
  await one?.renew();
  expect(seen).toEqual([undefined, "token-1", "token-2"]);
});

describe("a waiting caller", () => {
  test("affects no other caller: the prompt stays for the others, and is dismissed when the last one leaves", async () => {
    const who = human();
    const { session, vendor } = setUp(who.secondFactor);
    const [first, second] = [new AbortController(), new AbortController()];
    const one = session.fetch("zones", { signal: first.signal }).catch((error: unknown) => error);
    const two = session.fetch("zones", { signal: second.signal }).catch((error: unknown) => error);
    await settle();
    first.abort("enough");
    expect(await one).toBe("enough");
    expect(who.asked[0]?.signal.aborted).toBe(false);
    second.abort("enough too");
    expect(await two).toBe("enough too");
    await settle();
    expect(who.asked[0]?.signal.aborted).toBe(true);
    // The session is as it was at the start: the next call prompts again.
    const call = session.fetch("zones");
    await settle();
    expect(who.asked).toHaveLength(2);
    expect(who.asked[1]?.attempt).toBe(1);
    who.says(RIGHT);
    expect((await call).status).toBe(200);
    expect(vendor.clock.pending).toBe(0);
  });

  test("is rejected by logout(), which dismisses the prompt and does not wait for the person", async () => {
    const who = human();
    const { session } = setUp(who.secondFactor);
    const call = session.fetch("zones").catch(codeOf);
    await settle();
    await session.logout();
    expect(await call).toBe("session_closed");
    expect(who.asked[0]?.signal.aborted).toBe(true);
  });

  test("stops waiting at logout() for a lock that another session holds during its prompt, and login() continues immediately", async () => {
    const store = memoryStore();
    const who = human();
    const vendor = fakeVendor();
    const [one, two] = [1, 2].map(() => setUp(who.secondFactor, { store }, vendor).session) as [
      ReturnType<FakeVendor["session"]>,
      ReturnType<FakeVendor["session"]>,
    ];
    const first = one.fetch("zones");
    await settle();
    const second = two.fetch("zones").catch(codeOf);
    await settle();
    await two.logout();
    expect(await second).toBe("session_closed");
    const again = two.login();
    await settle();
    who.says(RIGHT);
    expect((await first).status).toBe(200);
    expect((await again).account).toBe(CREDENTIALS.username);
    expect([who.asked.length, vendor.logins]).toEqual([1, 1]);
  });

  test("gets the function's error if it throws; the next call prompts again", async () => {
    let asked = 0;
    const { session } = setUp(() => {
      if (++asked === 1) throw new RangeError("the window was closed");
      return { method: "sms", code: RIGHT };
    });
    await expect(session.login()).rejects.toThrow(new RangeError("the window was closed"));
    await session.login();
  });

  for (const [what, answer] of [
    ["nothing", undefined],
    ["a method that is not offered", { method: "totp", code: RIGHT }],
    ["no code", { method: "sms" }],
    ["an empty code", { method: "sms", code: "  " }],
  ] as const) {
    test(`gets invalid_options if the function returns ${what}`, async () => {
      const { session, guard } = setUp((() => answer) as unknown as SecondFactor);
      expect(await session.login().catch(codeOf)).toBe("invalid_options");
      expect(guard.codes).toEqual([]);
    });
  }

  test("two sessions that share a store prompt one person, even if that takes long", async () => {
    const store = memoryStore();
    const who = human();
    const vendor = fakeVendor();
    const [one, two] = [1, 2].map(() => setUp(who.secondFactor, { store }, vendor).session);
    const calls = [one?.fetch("zones"), two?.fetch("zones")];
    await vendor.clock.advance(14 * 60_000);
    expect(who.asked).toHaveLength(1);
    who.says(RIGHT);
    expect((await Promise.all(calls)).map((response) => response?.status)).toEqual([200, 200]);
    expect([who.asked.length, vendor.logins]).toEqual([1, 1]);
  });
});

describe("in the background", () => {
  async function due(secondFactor: SecondFactor) {
    const vendor = fakeVendor();
    vendor.lifetime = HOUR;
    const parts = setUp(secondFactor, {}, vendor);
    const events: string[] = [];
    for (const type of ["renewal_failed", "login_failed", "expired", "renewed", "login"] as const) {
      parts.session.on(type, (event) =>
        events.push("retryAt" in event ? `${event.type} ${event.retryAt}` : event.type),
      );
    }
    return { ...parts, events };
  }

  test("nobody is prompted: the session is used until it expires, with one event, and the next call prompts", async () => {
    const who = human();
    const { session, vendor, events } = await due(who.secondFactor);
    const login = session.login();
    await settle();
    who.says(RIGHT);
    await login;
    await vendor.clock.advance(HOUR - 60_000);
    for (let n = 0; n < 5; n++) {
      expect((await session.fetch("zones")).status).toBe(200);
      await vendor.clock.advance(10_000);
    }
    expect([who.asked.length, vendor.logins]).toEqual([1, 2]);
    expect(events).toEqual(["login", "renewal_failed undefined"]);
    expect(session.health.lastFailure).toMatchObject({ code: "second_factor_required" });
    await vendor.clock.advance(20_000);
    const call = session.fetch("zones");
    await settle();
    expect(who.asked).toHaveLength(2);
    who.says(RIGHT);
    expect((await call).status).toBe(200);
    expect(events).toEqual(["login", "renewal_failed undefined", "expired", "login"]);
  });

  test("a person is prompted if a call waits for such a renewal", async () => {
    const who = human();
    const { session, vendor } = await due(who.secondFactor);
    const login = session.login();
    await settle();
    who.says(RIGHT);
    await login;
    await vendor.clock.advance(HOUR - 60_000);
    const held = vendor.hold("/login");
    await session.fetch("zones");
    await held.arrived;
    await vendor.clock.advance(20_000);
    vendor.revoke();
    // The live session is rejected, so this call now waits for the renewal.
    const call = session.fetch("zones");
    await settle();
    held.release();
    await settle();
    expect(who.asked).toHaveLength(2);
    who.says(RIGHT);
    expect((await call).status).toBe(200);
  });

  test("a caller that leaves while it waits dismisses its prompt", async () => {
    for (const when of ["before", "during"] as const) {
      const who = human();
      const { session, vendor, events } = await due(who.secondFactor);
      const login = session.login();
      await settle();
      who.says(RIGHT);
      await login;
      await vendor.clock.advance(HOUR - 60_000);
      const held = vendor.hold("/login");
      await session.fetch("zones");
      await held.arrived;
      const controller = new AbortController();
      const renewal = session.renew({ signal: controller.signal }).catch((error: unknown) => error);
      if (when === "before") controller.abort("enough");
      held.release();
      await settle();
      controller.abort("enough");
      expect(await renewal).toBe("enough");
      await settle();
      expect(who.asked.slice(1).map(({ signal }) => signal.aborted)).toEqual(when === "before" ? [] : [true]);
      expect(events.at(-1)).toBe("renewal_failed undefined");
      expect((await session.fetch("zones")).status).toBe(200);
    }
  });

  test("a password that is refused after a skipped face is not sent again", async () => {
    const vendor = fakeVendor();
    vendor.lifetime = HOUR;
    let password = CREDENTIALS.password;
    const session = vendor.session(
      { credentials: async () => ({ ...CREDENTIALS, password }) },
      {
        extend: (context) =>
          context.prompt(
            () => {},
            () => new SecondFactorRejected("fake", "nobody is asked now.", {}),
            () => Promise.reject(new Error("a human was asked")),
          ),
      },
    );
    await session.login();
    await vendor.clock.advance(HOUR - 60_000);
    password = "rotated";
    const refused = () => vendor.seen.filter(({ status }) => status === 401).length;
    await session.fetch("zones");
    await settle();
    await vendor.clock.advance(60_000);
    expect(await session.fetch("zones").catch(codeOf)).toBe("invalid_credentials");
    expect(refused()).toBe(1);
  });

  test("a function that needs no person is called", async () => {
    const { session, vendor, events } = await due(nonInteractive(() => ({ method: "sms", code: RIGHT })));
    await session.login();
    await vendor.clock.advance(HOUR - 60_000);
    await session.fetch("zones");
    await settle();
    expect(events).toEqual(["login", "renewed"]);
  });
});
