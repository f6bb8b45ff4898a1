import { equal } from "node:assert/strict";
import { type Check, firstCallOf, optionsOf, statusOf } from "./check.ts";

const CALLS = 500;

export const revocation: Check = {
  sentence: "a session that the server ends during 1,000 calls costs one more login, and no call fails",
  async prove({ server, makeSession }) {
    const session = makeSession(optionsOf(server));
    const calls = async () => {
      const statuses = await Promise.all(
        Array.from({ length: CALLS }, () => statusOf(session.fetch(...firstCallOf(server)))),
      );
      equal(statuses.filter((status) => status === 200).length, CALLS, "calls that were answered 200");
    };
    await calls();
    const before = { ...server.counts };
    await server.revokeAll();
    await calls();
    equal(server.counts.logins - before.logins, 1, "logins after the server ended the session");
    equal(server.counts.attempts - before.attempts, 1, "attempts to sign in after the server ended the session");
    await session.close();
  },
};
