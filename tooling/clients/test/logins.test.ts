import { createAltaSession } from "@vms/alta";
import { isVmsError } from "@vms/core";
import axios from "axios";
import ky from "ky";
import { createFetch } from "ofetch";
import { describe, expect, onTestFinished, test } from "vitest";
import type { Signed } from "../src/client.ts";
import { clients } from "../src/index.ts";
import { startVendor } from "./vendor.ts";

/** The property in which a client puts the error of `fetch`. */
const IN_CAUSE = ["axios", "ofetch"];

test.each(clients.map((kind) => [kind.name, kind] as const))(
  "%s passes on the error of a failed login, and the password is sent once",
  async (name, kind) => {
    const { origin, simulator } = await startVendor();
    const credentials = { username: simulator.account.username, password: "made-up-and-wrong" };
    const session = createAltaSession({ baseUrl: origin, credentials });
    onTestFinished(() => session.close());
    const client = kind.create(origin, session);
    for (const call of [client.get("echo"), client.postJson("echo", {}), client.get("echo")]) {
      const error = await call.then(
        () => expect.fail("the login did not fail"),
        (reason: Error) => (IN_CAUSE.includes(name) ? reason.cause : reason),
      );
      expect(isVmsError(error) && error.code).toBe("invalid_credentials");
    }
    expect(simulator.loginAttempts).toBe(1);
  },
);

describe("a client's own timeout includes the login", () => {
  const calls: Record<string, (origin: string, fetch: Signed["fetch"], timeout: number) => Promise<unknown>> = {
    ky: (origin, fetch, timeout) => ky(`${origin}/echo`, { fetch, timeout, retry: 0 }).json(),
    axios: (origin, fetch, timeout) => axios(`${origin}/echo`, { adapter: "fetch", env: { fetch }, timeout }),
    ofetch: (origin, fetch, timeout) => createFetch({ fetch })(`${origin}/echo`, { timeout, retry: 0 }),
  };

  test.each(Object.entries(calls))("%s", async (_, call) => {
    const { origin, simulator } = await startVendor();
    const session = createAltaSession({ baseUrl: origin, credentials: simulator.account });
    onTestFinished(() => session.close());
    const answered = Promise.withResolvers<void>();
    simulator.script({ delay: answered.promise, when: ({ path }) => path.endsWith("/dologin") });
    await expect(call(origin, session.fetch, 200)).rejects.toThrow(/time(d )?out|timeout/i);
    answered.resolve();
    // The login continues without the call.
    await session.login();
    expect(await call(origin, session.fetch, 30_000)).toBeDefined();
    expect(simulator.logins).toBe(1);
  });
});

test("axios replaces the session's user agent unless configured otherwise", async () => {
  const { origin, simulator, calls } = await startVendor();
  const session = createAltaSession({ baseUrl: origin, credentials: simulator.account });
  onTestFinished(() => session.close());
  const options = { adapter: "fetch", env: { fetch: session.fetch } } as const;
  await axios(`${origin}/echo`, options);
  await axios(`${origin}/echo`, { ...options, headers: { "User-Agent": false } });
  expect(calls.map(({ headers }) => headers["user-agent"]?.split("/")[0])).toEqual(["axios", "vms-alta"]);
});
