import { describe, expect, test } from "vitest";
import type { Flow } from "../../src/contract/flow/flow.ts";
import type { FlowContext } from "../../src/contract/flow/flow-context.ts";
import type { SessionOptions } from "../../src/contract/options.ts";
import { checkOptions } from "../../src/contract/settings.ts";
import { InvalidCredentials } from "../../src/errors/invalid-credentials.ts";
import { VendorUnavailable } from "../../src/errors/vendor-unavailable.ts";
import { openSession } from "../../src/session/create-session.ts";
import { CREDENTIALS, ORIGIN } from "../fake-vendor.ts";
import { settle, virtualClock } from "../virtual-clock.ts";

interface Draft {
  token: string;
  tries: number;
}

type Step = (context: FlowContext<string, object, Draft>, attempt: number) => Promise<string>;

/** A session with scripted logins: one step per attempt. */
function scripted(
  login: Step,
  options: Partial<SessionOptions> = {},
  overrides: Partial<Flow<string, object, Draft>> = {},
) {
  const clock = virtualClock();
  const drafts: Partial<Draft>[] = [];
  const abandoned: Partial<Draft>[] = [];
  const signedOut: string[] = [];
  let attempts = 0;
  const flow: Flow<string, object, Draft> = {
    vendor: "fake",
    baseUrl: new URL(ORIGIN),
    async login(context) {
      drafts.push({ ...context.draft });
      return { data: await login(context, ++attempts), user: {} };
    },
    async abandon(_, draft) {
      abandoned.push({ ...draft });
    },
    async logout(_, { data }) {
      signedOut.push(data);
    },
    authorize: ({ data }) => ({ headers: { authorization: `Bearer ${data}` } }),
    parse: (data) => data as string,
    ...overrides,
  };
  const settings = checkOptions("fake", {
    credentials: CREDENTIALS,
    fetch: async () => new Response("{}"),
    ...options,
  });
  return { session: openSession(flow, settings, clock), clock, drafts, abandoned, signedOut };
}

const unavailable = () => new VendorUnavailable("fake", "the vendor's server failed.");
const refused = () => new InvalidCredentials("fake", "the password was refused.");

describe("the draft of a login", () => {
  test("is kept between the attempts of a login, and is dropped at the next login", async () => {
    const { session, clock, drafts, abandoned } = scripted(async ({ draft }, attempt) => {
      draft.tries = (draft.tries ?? 0) + 1;
      if (attempt < 3) throw unavailable();
      return `token-${attempt}`;
    });
    const login = session.login();
    await clock.advance(10_000);
    await login;
    await session.renew();
    expect(drafts).toEqual([{}, { tries: 1 }, { tries: 2 }, {}]);
    expect(abandoned).toEqual([]);
  });

  test("is passed to `abandon` once, when the login finally fails", async () => {
    const { session, abandoned } = scripted(async ({ draft }) => {
      draft.token = "half-open";
      throw refused();
    });
    await expect(session.login()).rejects.toMatchObject({ code: "invalid_credentials" });
    await settle();
    expect(abandoned).toEqual([{ token: "half-open" }]);
  });

  test("is passed to `abandon` after the last attempt fails", async () => {
    const { session, clock, abandoned } = scripted(async ({ draft }, attempt) => {
      draft.token = `half-open-${attempt}`;
      throw unavailable();
    });
    const login = session.login().catch(() => {});
    await clock.advance(60_000);
    await login;
    await settle();
    expect(abandoned).toEqual([{ token: "half-open-3" }]);
  });

  test("is not passed to `abandon` if it is empty", async () => {
    const { session, abandoned } = scripted(async () => {
      throw refused();
    });
    await session.login().catch(() => {});
    await settle();
    expect(abandoned).toEqual([]);
  });

  test("is passed to `abandon` if the session is signed out during the login, and `logout()` waits for that", async () => {
    const released = Promise.withResolvers<void>();
    const ended = Promise.withResolvers<void>();
    const { session } = scripted(
      async (context) => {
        context.draft.token = "half-open";
        await released.promise;
        await context.send("next");
        return "token";
      },
      {},
      { abandon: () => ended.promise },
    );
    const login = session.login().catch((error: unknown) => error);
    await settle();
    let signedOut = false;
    const logout = session.logout().then(() => {
      signedOut = true;
    });
    released.resolve();
    await settle();
    expect([(await login) as object, signedOut]).toEqual([expect.objectContaining({ code: "session_closed" }), false]);
    ended.resolve();
    await logout;
  });

  test.each([
    ["the login fails then", true],
    ["the login succeeds then", false],
  ])("all callers leave and %s: the open session is ended once at the vendor", async (_, fails) => {
    const released = Promise.withResolvers<void>();
    const { session, abandoned, signedOut } = scripted(async ({ draft }) => {
      draft.token = "half-open";
      await released.promise;
      if (fails) throw unavailable();
      return "token";
    });
    const controller = new AbortController();
    const login = session.login({ signal: controller.signal }).catch(() => {});
    await settle();
    controller.abort();
    await login;
    released.resolve();
    await settle();
    expect([abandoned, signedOut]).toEqual(fails ? [[{ token: "half-open" }], []] : [[], ["token"]]);
  });

  test("`abandon` is retried like `logout`, and its failure does not hide the login's error", async () => {
    let calls = 0;
    const { session, clock } = scripted(
      async ({ draft }) => {
        draft.token = "half-open";
        throw refused();
      },
      {},
      {
        async abandon() {
          calls++;
          throw unavailable();
        },
      },
    );
    await expect(session.login()).rejects.toMatchObject({ code: "invalid_credentials" });
    await clock.advance(60_000);
    expect(calls).toBe(3);
  });
});
