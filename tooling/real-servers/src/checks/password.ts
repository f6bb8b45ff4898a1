import { equal, rejects } from "node:assert/strict";
import { memoryStore } from "@vms/core";
import { type Check, firstCallOf, optionsOf } from "./check.ts";

export const password: Check = {
  sentence: "a wrong password costs one attempt for 100 callers and a second session with the same store",
  async prove({ server, makeSession }) {
    const credentials = { ...server.account, password: "invented-and-wrong" };
    const options = { ...optionsOf(server), credentials, store: memoryStore() };
    const before = { ...server.counts };
    const refused = { code: "invalid_credentials" };
    const session = makeSession(options);
    await Promise.all(Array.from({ length: 100 }, () => rejects(session.fetch(...firstCallOf(server)), refused)));
    await rejects(session.login(), refused);
    await rejects(makeSession(options).fetch(...firstCallOf(server)), refused);
    equal(server.counts.attempts - before.attempts, 1, "attempts to sign in");
    equal(server.counts.logins - before.logins, 0, "logins");
    // A successful login resets a server that counts failures.
    const right = makeSession(optionsOf(server));
    await right.login();
    await right.close();
  },
};
