import { equal } from "node:assert/strict";
import { type Check, firstCallOf, optionsOf, statusOf } from "./check.ts";

const CALLERS = 1_000;

export const callers: Check = {
  sentence: "1,000 concurrent callers share one login, and each gets its response",
  async prove({ server, makeSession }) {
    const session = makeSession(optionsOf(server));
    const before = { ...server.counts };
    const { sessions: open = 0 } = server;
    const statuses = await Promise.all(
      Array.from({ length: CALLERS }, () => statusOf(session.fetch(...firstCallOf(server)))),
    );
    equal(statuses.filter((status) => status === 200).length, CALLERS, "calls that were answered 200");
    equal(server.counts.logins - before.logins, 1, "logins");
    equal(server.counts.attempts - before.attempts, 1, "attempts to sign in");
    if (server.sessions !== undefined) equal(server.sessions - open, 1, "sessions that the server shows");
    await session.close();
  },
};
