import { equal } from "node:assert/strict";
import { type Check, firstCallOf, optionsOf, statusOf } from "./check.ts";

export const expiry: Check = {
  sentence: "a session lasts until the server's own expiry, and then costs one new credential and no rejected call",
  async prove({ server, makeSession }) {
    let skipped = 0;
    const session = makeSession({ ...optionsOf(server), now: () => Date.now() + skipped });
    const { expiresAt, issuedAt } = await session.login();
    const { lifetime = Number.NaN } = server;
    equal((expiresAt ?? Number.NaN) - issuedAt, lifetime, "the lifetime of the session, in ms");
    const before = { ...server.counts };
    skipped = lifetime * 0.4;
    equal(await statusOf(session.fetch(...firstCallOf(server))), 200);
    equal(
      server.counts.attempts + server.counts.extensions,
      before.attempts + before.extensions,
      "logins before the expiry",
    );
    skipped = lifetime + 1_000;
    const statuses = await Promise.all(
      Array.from({ length: 100 }, () => statusOf(session.fetch(...firstCallOf(server)))),
    );
    equal(statuses.filter((status) => status === 200).length, 100, "calls that were answered 200");
    const { attempts, extensions, refused } = server.counts;
    equal(attempts - before.attempts + extensions - before.extensions, 1, "new credentials after the expiry");
    equal(refused - before.refused, 0, "calls that the server rejected");
    await session.close();
  },
};
