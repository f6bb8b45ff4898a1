import { describe, expect, test } from "vitest";
import type { ContractServer, FlowContractOptions, MakeSession } from "../src/index.ts";
import { flowContract } from "../src/index.ts";
import { acme, acmeServer, acmeStated, wrapped } from "./acme.ts";
import { login, rethrows, says } from "./broken-flow.ts";
import { rpc, rpcServer, rpcStated } from "./reference/rpc.ts";

interface Contract {
  readonly makeSession: MakeSession;
  readonly server?: () => ContractServer;
  readonly stated?: FlowContractOptions;
}

/** Returns the message of one failed clause. */
async function messageOf(clause: string, { makeSession, server = acmeServer, stated = acmeStated }: Contract) {
  const runs: (() => Promise<void> | void)[] = [];
  const add = (name: string, run: () => Promise<void> | void) => void (name.startsWith(clause) && runs.push(run));
  flowContract(add, makeSession, server, stated);
  expect(runs).toHaveLength(1);
  return Promise.resolve(runs[0]?.()).then(
    () => "the clause passed.",
    (error: unknown) => String(error),
  );
}

/** A server whose responses to an ended session are not JSON. */
function textServer(): ContractServer {
  const server = acmeServer();
  return {
    ...server,
    get logins() {
      return server.logins;
    },
    async fetch(input, init) {
      const response = await (server.fetch ?? fetch)(input, init);
      return response.status === 401 ? new Response("Sign in first.", { status: 401 }) : response;
    },
  };
}

describe("the message of a failed clause", () => {
  test("says that a rejection was not recognized, even if its body is not JSON", async () => {
    const makeSession = acme(() => ({ isRejected: () => false }));
    const message = await messageOf("a POST as the first call arrives", { makeSession, server: textServer });
    expect(message).toContain("a POST of a string with 1 rejections was answered 401 instead of 200.");
    expect(message).toContain("Does `isRejected` recognize");
  });

  test("says that a rejection with status 200 was not recognized", async () => {
    const makeSession = rpc(() => ({ isRejected: () => false }));
    const message = await messageOf("a POST as the first call arrives", {
      makeSession,
      server: rpcServer,
      stated: rpcStated,
    });
    expect(message).toContain("a POST of a string with 1 rejections was answered with another body");
  });

  test("names the call that caused too many logins", async () => {
    const makeSession = login(async (flow, context) => {
      await flow.login(context);
      return flow.login(context);
    });
    const stated = { ...acmeStated, calls: ["zones?page=1"] };
    expect(await messageOf("each of the server's calls", { makeSession, stated })).toContain(
      "logins of a session whose first call is GET zones: expected 1, got 2.",
    );
    expect(await messageOf("a login answered 500", { makeSession })).toContain(
      "logins that succeeded in a login that fails once, at request 1 of 4: expected 1, got 2.",
    );
  });

  test("names the response to a login", async () => {
    const makeSession = rethrows((error) => (says(error, "is HTML") ? new TypeError("no token") : error));
    expect(await messageOf("a login answered with HTML", { makeSession })).toContain(
      "a login answered with HTML fails with a TypeError, which is not an error of @vms.",
    );
  });

  test("names the option to raise if a clause takes too long", async () => {
    const makeSession = wrapped(() => ({ fetch: () => new Promise(() => {}) }));
    expect(
      await messageOf("the first call signs in", { makeSession, stated: { ...acmeStated, timeout: 20 } }),
    ).toContain("the clause did not end in 20 ms. Raise `timeout` if the server is slow.");
  });

  test("says that a call with a 2xx response needs `isForbidden`, or that `isForbidden` is false", async () => {
    const contract = { makeSession: rpc(), server: rpcServer };
    const call = { path: "rpc", json: { method: "users" } };
    const clause = "a call that the user may not make";
    expect(await messageOf(clause, { ...contract, stated: { ...rpcStated, forbiddenCall: call } })).toContain(
      "`forbiddenCall` was answered 200, so the user may make it. If that is a refusal, add `isForbidden`.",
    );
    const never = { ...call, isForbidden: () => false };
    expect(await messageOf(clause, { ...contract, stated: { ...rpcStated, forbiddenCall: never } })).toContain(
      "`isForbidden` is false for the answer to `forbiddenCall` (200).",
    );
  });
});
