import { equal } from "node:assert/strict";
import { type Check, firstCallOf, optionsOf, statusOf } from "./check.ts";

const HOUR = 3_600_000;

/** The lifetime of the server's refresh token, in ms. */
const REFRESHABLE = 24 * HOUR;

export const zoneMinderRefresh: Check = {
  sentence: "a call every three hours for four days sends the password once a day, and the refresh token otherwise",
  async prove({ server, makeSession }) {
    let skipped = 0;
    const session = makeSession({ ...optionsOf(server), now: () => Date.now() + skipped });
    const before = { ...server.counts };
    for (; skipped < 4 * REFRESHABLE; skipped += 3 * HOUR) {
      equal(await statusOf(session.fetch(...firstCallOf(server))), 200, `the status after ${skipped / HOUR} hours`);
    }
    const { attempts, extensions, refused } = server.counts;
    equal(attempts - before.attempts, 4, "passwords sent");
    equal(extensions - before.extensions, 4 * 7, "refresh tokens sent");
    equal(refused - before.refused, 0, "calls that the server rejected");
    await session.close();
  },
};
