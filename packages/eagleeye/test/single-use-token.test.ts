import nock from "nock";
import { describe, expect, it } from "vitest";
import {
  host,
  newSession,
  onAuthenticate,
  onAuthorize,
  onLogin,
  session1,
  token1,
  token2,
  useNock,
  username,
} from "./vendor.ts";

useNock();

describe("the single-use token", () => {
  /** Each request of a login in one word: nock alone would not show a token that is sent once too often. */
  function recorded() {
    const sent: string[] = [];
    const fetch: typeof globalThis.fetch = (input, init) => {
      const fields = new URLSearchParams(String(init?.body));
      sent.push(fields.get("token") ?? "authenticate");
      return globalThis.fetch(input, init);
    };
    return { sent, fetch };
  }

  it.each([
    ["a network fault", () => nock(host).post("/g/aaa/authorize", { token: token1 }).replyWithError(`reset ${token1}`)],
    ["a 503", () => onAuthorize(token1, 503, "")],
    ["a 401, which is about the token and not the password", () => onAuthorize(token1, 401, "", {})],
  ])("is not sent twice: the login starts again at authenticate after %s on authorize", async (_, onFault) => {
    onAuthenticate(200, { token: token1 });
    onFault();
    onLogin(session1, token2);
    const { sent, fetch } = recorded();
    expect(await newSession({ fetch }).login()).toMatchObject({ account: username });
    expect(sent).toEqual(["authenticate", token1, "authenticate", token2]);
  });

  /** Authenticate's answer takes its time. */
  function onSlowAuthenticate(token: string, wait: () => void) {
    nock(host)
      .post("/g/aaa/authenticate")
      .reply(200, () => {
        wait();
        return { token };
      });
  }

  it.each([
    [30_000, ["authenticate", token1]],
    [30_001, ["authenticate", "authenticate", token2]],
  ])("is replaced where more than 30 s have passed before authorize: %i ms", async (ms, expected) => {
    let now = 0;
    onSlowAuthenticate(token1, () => {
      now += ms;
    });
    if (ms > 30_000) onLogin(session1, token2);
    else onAuthorize(token1);
    const { sent, fetch } = recorded();
    await newSession({ fetch, now: () => now, timeout: 300_000 }).login();
    expect(sent).toEqual(expected);
  });

  it("is replaced once: the second one is sent, however slow the vendor was", async () => {
    let now = 0;
    const wait = () => {
      now += 31_000;
    };
    onSlowAuthenticate(token1, wait);
    onSlowAuthenticate(token2, wait);
    onAuthorize(token2);
    const { sent, fetch } = recorded();
    await newSession({ fetch, now: () => now, timeout: 300_000 }).login();
    expect(sent).toEqual(["authenticate", "authenticate", token2]);
  });
});
