import type { Session } from "@vms/core";
import nock from "nock";
import { expect, it } from "vitest";

interface ResendTests {
  /** Expects a login that returns the credential with this number. */
  readonly onLogin: (credential: 1 | 2) => void;
  readonly newSession: () => Session;
  readonly host: string;
  readonly path: string;
  /** The header with the credential of this number. */
  readonly header: (credential: 1 | 2) => readonly [name: string, value: string];
  /** The body of the vendor's 401. */
  readonly rejection: nock.Body;
}

const json = { name: "gate" };

function form(): FormData {
  const fields = new FormData();
  fields.set("name", "gate");
  return fields;
}

const sameJson = (body: unknown) => JSON.stringify(body) === JSON.stringify(json);

/** Tests that a call with an expired session is resent with its full body after one login. */
export function testResend({ onLogin, newSession, host, path, header, rejection }: ResendTests): void {
  it.each<[string, (session: Session) => Promise<Response>, (body: unknown) => boolean]>([
    ["session.http, json", ({ http }) => http.post(path, { json }), sameJson],
    ["session.http, a form", ({ http }) => http.post(path, { body: new URLSearchParams(json) }), sameJson],
    ["session.http, multipart", ({ http }) => http.post(path, { body: form() }), (body) => /gate/.test(String(body))],
    ["session.fetch, a text", (s) => s.fetch(path, { method: "POST", body: "gate" }), (body) => body === "gate"],
  ])("is replaced by one login, and the full call is resent: %s", async (_, call, isWhole) => {
    onLogin(1);
    const session = newSession();
    await session.login();
    nock(host)
      .post(path, isWhole)
      .matchHeader(...header(1))
      .reply(401, rejection);
    onLogin(2);
    nock(host)
      .post(path, isWhole)
      .matchHeader(...header(2))
      .reply(200, { done: true });
    expect(await (await call(session)).json()).toEqual({ done: true });
  });
}
