import { equal, ok } from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { startNodeRed } from "../servers/node-red.ts";
import { type Check, firstCallOf, optionsOf, statusOf } from "./check.ts";

export const nodeRedExpiry: Check = {
  sentence: "a token that the server expires after two seconds is replaced on the next call, without a rejected call",
  async prove({ makeSession }) {
    await using resources = new AsyncDisposableStack();
    const server = await startNodeRed(resources, { sessionExpiryTime: 2 });
    const session = makeSession(optionsOf(server));
    const { headers } = await session.authorization();
    const url = `${server.baseUrl}/${firstCallOf(server)[0]}`;
    equal(await statusOf(session.fetch(...firstCallOf(server))), 200, "the status of a call before the expiry");
    equal(server.counts.logins, 1, "logins before the expiry");
    const deadline = performance.now() + 20_000;
    while ((await statusOf(fetch(url, { headers }))) !== 401) {
      ok(performance.now() < deadline, "the server does not expire the token.");
      await sleep(50);
    }
    equal(await statusOf(session.fetch(...firstCallOf(server))), 200, "the status of a call after the expiry");
    equal(server.counts.logins, 2, "logins");
    equal(server.counts.refused, 0, "calls that the server rejected");
  },
};
