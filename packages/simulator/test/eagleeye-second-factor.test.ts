import { describe, expect, test } from "vitest";
import type { EagleEyeServer } from "../src/index.ts";
import { authenticate, authorize, create, tokenOf } from "./eagleeye.ts";
import { call, cookieValue, form } from "./requests.ts";

describe("Eagle Eye's second factor", () => {
  const account = {
    username: "robin@acme.example",
    password: "x",
    secondFactor: { sms: "+351910000779", email: "robin@mail.example" },
  };
  const ask = (server: EagleEyeServer, fields: object) => call(server, "g/aaa/two_factor_authenticate", form(fields));
  const send = async (server: EagleEyeServer) => {
    const token = await tokenOf(server);
    await ask(server, { token, two_factor_authentication_type: "sms" });
    return { token, code: server.inbox.at(-1)!.code };
  };
  const pay = (server: EagleEyeServer, token: string, code: string) =>
    authorize(server, { token, two_factor_authentication_code: code });
  const wrong = (code: string) => (code === "0000" ? "0001" : "0000");

  test("is announced with hints of where a code can be sent", async () => {
    expect(await (await authenticate(create({ account }))).json()).toEqual({
      token: expect.any(String),
      two_factor_authentication_code: { sms: "*** *** 779", email: "****@mail.example" },
    });
  });

  test("sends a code of four digits, and returns 200 without a body", async () => {
    const server = create({ account });
    const token = await tokenOf(server);
    const response = await ask(server, { token, two_factor_authentication_type: "email" });
    expect([response.status, await response.text()]).toEqual([200, ""]);
    expect(server.inbox).toEqual([
      {
        username: account.username,
        type: "email",
        to: "robin@mail.example",
        code: expect.stringMatching(/^\d{4}$/),
        at: 1e12,
      },
    ]);
  });

  test("returns 400, 412 and 415 in the documented order", async () => {
    const server = create({ account: { ...account, secondFactor: { sms: "+351910000779" } } });
    const token = await tokenOf(server);
    expect((await ask(server, { token })).status).toBe(400);
    expect((await ask(server, { token: "made-up", two_factor_authentication_type: "sms" })).status).toBe(400);
    expect((await ask(server, { token, two_factor_authentication_type: "email" })).status).toBe(412);
    expect((await ask(server, { token, two_factor_authentication_type: "pigeon" })).status).toBe(415);
    const plain = create();
    const none = { token: await tokenOf(plain), two_factor_authentication_type: "pigeon" };
    expect((await ask(plain, none)).status).toBe(412);
  });

  test("says that there is no phone instead of a number", async () => {
    const server = create({ account: { ...account, secondFactor: { email: "robin@mail.example" } } });
    expect(await (await authenticate(server)).json()).toMatchObject({
      two_factor_authentication_code: { sms: "No sms phone found", email: "****@mail.example" },
    });
  });

  test("can offer methods that cannot send a code", async () => {
    const server = create({ account, cannotSend: { sms: 412, email: 415 } });
    const token = await tokenOf(server);
    expect((await ask(server, { token, two_factor_authentication_type: "sms" })).status).toBe(412);
    expect((await ask(server, { token, two_factor_authentication_type: "email" })).status).toBe(415);
    expect(server.inbox).toEqual([]);
  });

  test("can use up a token with a wrong code", async () => {
    const server = create({ account, wrongCodeSpendsToken: true });
    const { token, code } = await send(server);
    expect((await pay(server, token, wrong(code))).status).toBe(406);
    expect((await pay(server, token, code)).status).toBe(401);
    const next = await send(server);
    expect((await pay(server, next.token, next.code)).status).toBe(200);
  });

  test("accepts the code", async () => {
    const server = create({ account });
    const { token, code } = await send(server);
    expect((await authorize(server, { token })).status).toBe(401);
    expect((await pay(server, token, wrong(code))).status).toBe(406);
    expect((await pay(server, token, code)).status).toBe(200);
    expect((await pay(server, token, code)).status).toBe(401);
  });

  test("must be completed within fifteen minutes", async () => {
    const server = create({ account });
    const { token, code } = await send(server);
    server.clock.advance(15 * 60_000 - 1);
    expect((await pay(server, token, wrong(code))).status).toBe(406);
    server.clock.advance(1);
    expect((await pay(server, token, code)).status).toBe(401);
  });

  test("locks the user permanently after more than three wrong codes", async () => {
    const server = create({ account });
    const { token, code } = await send(server);
    const statuses = [];
    for (let n = 0; n < 4; n += 1) statuses.push((await pay(server, token, wrong(code))).status);
    expect(statuses).toEqual([406, 406, 406, 429]);
    expect((await pay(server, token, code)).status).toBe(429);
    // Even the right password is now rejected, as documented.
    expect((await authenticate(server, account)).status).toBe(412);
    expect((await authenticate(server, { ...account, password: "wrong" })).status).toBe(401);
    server.reset();
    const later = await send(server);
    expect((await pay(server, later.token, later.code)).status).toBe(200);
  });

  test("resets the count of wrong codes after a correct one", async () => {
    const server = create({ account });
    for (let round = 0; round < 2; round += 1) {
      const { token, code } = await send(server);
      for (let n = 0; n < 3; n += 1) expect((await pay(server, token, wrong(code))).status).toBe(406);
      expect((await pay(server, token, code)).status).toBe(200);
    }
  });

  test("is skipped with the tfa_key of an earlier login", async () => {
    const server = create({ account });
    const { token, code } = await send(server);
    const key = cookieValue(await pay(server, token, code), "tfa_key")!;
    for (const init of [form(account, { cookie: `tfa_key=${key}` }), form({ ...account, tfa_key: key })]) {
      const answer = (await (await call(server, "g/aaa/authenticate", init)).json()) as { token: string };
      expect(Object.keys(answer)).toEqual(["token"]);
      expect((await authorize(server, answer)).status).toBe(200);
    }
    const wrongKey = form({ ...account, tfa_key: "made-up" });
    expect(await (await call(server, "g/aaa/authenticate", wrongKey)).json()).toHaveProperty(
      "two_factor_authentication_code",
    );
  });

  test("accepts a tfa_key in only one place, if configured", async () => {
    for (const rememberTokenPlacement of ["parameter", "cookie"] as const) {
      const server = create({ account, rememberTokenPlacement });
      const { token, code } = await send(server);
      const key = cookieValue(await pay(server, token, code), "tfa_key")!;
      const asCookie = await call(server, "g/aaa/authenticate", form(account, { cookie: `tfa_key=${key}` }));
      const asParameter = await authenticate(server, { ...account, tfa_key: key });
      const spared = { cookie: asCookie, parameter: asParameter }[rememberTokenPlacement];
      const asked = { cookie: asParameter, parameter: asCookie }[rememberTokenPlacement];
      expect(Object.keys((await spared.json()) as object)).toEqual(["token"]);
      expect(await asked.json()).toHaveProperty("two_factor_authentication_code");
    }
  });

  test("is required again after forgetTrustedKeys", async () => {
    const server = create({ account });
    const { token, code } = await send(server);
    const key = cookieValue(await pay(server, token, code), "tfa_key")!;
    server.forgetTrustedKeys();
    const answer = await authenticate(server, { ...account, tfa_key: key });
    expect(await answer.json()).toHaveProperty("two_factor_authentication_code");
  });

  test("can omit tfa_key", async () => {
    const server = create({ account, setsTfaKey: false });
    const { token, code } = await send(server);
    const response = await pay(server, token, code);
    expect(response.status).toBe(200);
    expect(cookieValue(response, "tfa_key")).toBeUndefined();
  });
});
