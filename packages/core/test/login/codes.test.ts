import { expect, test } from "vitest";
import { nonInteractive } from "../../src/contract/non-interactive.ts";
import type { SecondFactor, SecondFactorChallenge, SecondFactorStep } from "../../src/contract/second-factor.ts";
import { SecondFactorRejected } from "../../src/errors/second-factor-rejected.ts";
import { fakeVendor } from "../fake-vendor.ts";
import { settle } from "../virtual-clock.ts";

type Reason = "wrong" | "late";

/** A session whose vendor asks for a code, and rejects one code for each of `reasons`. */
function askedFor(
  reasons: Reason[],
  secondFactor: SecondFactor | undefined,
  step: Partial<SecondFactorStep<object>> = {},
) {
  const vendor = fakeVendor();
  const codes: string[] = [];
  const session = vendor.session(secondFactor && { secondFactor }, {
    login: (context) =>
      context.secondFactor({
        methods: [{ type: "sms" }, { type: "email" }],
        maxAttempts: 3,
        async verify({ code }) {
          codes.push(code);
          const reason = reasons.shift();
          if (reason === undefined) return { accepted: true, value: { data: "token-f", user: { name: "operator" } } };
          return { accepted: false, reason, error: new SecondFactorRejected("fake", `the code is ${reason}.`, {}) };
        },
        ...(step as object),
      }),
  });
  return { vendor, session, codes };
}

/** Dismisses the second prompt. */
const once: SecondFactor = ({ attempt }) => {
  if (attempt > 1) throw new RangeError("the window was closed");
  return { method: "sms", code: "0001" };
};
const always: SecondFactor = () => ({ method: "sms", code: "0001" });

test("a late code does not count as a wrong code at the next login", async () => {
  const { session, codes } = askedFor(["late", "wrong", "late", "wrong", "wrong"], once);
  for (let n = 0; n < 4; n++) await expect(session.login()).rejects.toThrow("the window was closed");
  await expect(session.login()).rejects.toMatchObject({
    code: "second_factor_rejected",
    problem: "the code is wrong.",
  });
  expect(codes).toHaveLength(5);
});

test("late codes also fail a login, with the vendor's error", async () => {
  const { session, codes } = askedFor(["late", "late", "late"], always);
  await expect(session.login()).rejects.toMatchObject({ code: "second_factor_rejected", problem: "the code is late." });
  expect(codes).toHaveLength(3);
});

test("an accepted code resets the count of wrong codes", async () => {
  const { vendor, session, codes } = askedFor(["wrong", "wrong"], always);
  vendor.live.add("token-f");
  await session.login();
  await session.logout();
  vendor.live.add("token-f");
  await session.login();
  expect(codes).toHaveLength(4);
  expect(session.health.state).toBe("live");
});

test("when no more codes may be sent, the error says how many were rejected", async () => {
  const { session, codes } = askedFor(["wrong", "wrong", "wrong"], once);
  for (let n = 0; n < 2; n++) await expect(session.login()).rejects.toThrow("the window was closed");
  await expect(session.login()).rejects.toMatchObject({ problem: "the code is wrong." });
  expect(codes).toHaveLength(3);
});

test("if the vendor sends no codes, the challenge names no sent code", async () => {
  const challenges: SecondFactorChallenge[] = [];
  const { session } = askedFor(["wrong"], (challenge) => {
    challenges.push(challenge);
    return always(challenge);
  });
  await session.login();
  expect(challenges.map((challenge) => ["sent" in challenge, challenge.last])).toEqual([
    [false, undefined],
    [false, "wrong"],
  ]);
});

test("a dismissed prompt sends no more codes", async () => {
  const sent: string[] = [];
  const asked = Promise.withResolvers<SecondFactorChallenge>();
  const secondFactor: SecondFactor = (challenge) => {
    asked.resolve(challenge);
    return new Promise(() => {});
  };
  const { session } = askedFor([], secondFactor, {
    async send(type) {
      sent.push(type);
      return undefined;
    },
  });
  const login = session.login().catch(() => {});
  const { send } = await asked.promise;
  await session.logout();
  await login;
  await expect(send("email")).rejects.toMatchObject({ code: "session_closed" });
  await settle();
  expect(sent).toEqual(["sms"]);
});

test("G14: a renewal that is signed out before it needs a code prompts nobody, not even a function", async () => {
  const asked: string[] = [];
  const secondFactor = nonInteractive(() => {
    asked.push("code");
    return { method: "sms" as const, code: "0001" };
  });
  const vendor = fakeVendor();
  const gate = Promise.withResolvers<void>();
  let logins = 0;
  const session = vendor.session(
    { secondFactor },
    {
      async login(context) {
        if (logins++ > 0) await gate.promise;
        await context.secondFactor({
          methods: [{ type: "sms" }],
          maxAttempts: 3,
          verify: async () => ({ accepted: true, value: undefined }),
        });
        vendor.live.add("token-f");
        return { data: "token-f", user: { name: "operator" }, expiresIn: 3_600_000 };
      },
    },
  );
  await session.login();
  await vendor.clock.advance(3_500_000);
  await session.fetch("zones");
  await settle();
  const logout = session.logout();
  gate.resolve();
  await logout;
  expect(logins).toBe(2);
  expect(asked).toEqual(["code"]);
});

test.each([
  [[{ type: "sms" }, { type: "email" }], "a code by sms or email"],
  [[], "a code by an unknown method"],
] as const)("without a function, the error names the methods %j", async (methods, by) => {
  const { session } = askedFor([], undefined, { methods });
  await expect(session.login()).rejects.toMatchObject({
    code: "second_factor_required",
    problem: `the account needs a second factor (${by}), but none is configured.`,
  });
});

test.each([
  [{ method: "totp", code: "0001" }, 'must return a `method` that the vendor offers: "sms", "email".'],
  [{ method: "sms", code: " \t" }, "must return a `code` that is a non-empty string."],
])("the error for the answer %j names the problem", async (answer, problem) => {
  const { session, codes } = askedFor([], () => answer as never);
  await expect(session.login()).rejects.toMatchObject({
    code: "invalid_options",
    problem: `\`secondFactor\` ${problem}`,
  });
  expect(codes).toEqual([]);
});

test("the error of sending by another method names the problem", async () => {
  const { session } = askedFor([], async ({ send }) => {
    await send("totp");
    return always({} as never);
  });
  await expect(session.login()).rejects.toMatchObject({
    code: "invalid_options",
    problem: '`secondFactor` must send by a `method` that the vendor offers: "sms", "email".',
  });
});
