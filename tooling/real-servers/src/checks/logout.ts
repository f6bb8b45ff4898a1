import { equal, notEqual } from "node:assert/strict";
import { type Check, firstCallOf, optionsOf, statusOf } from "./check.ts";

export const logout: Check = {
  sentence: "after logout(), the server rejects the credential",
  async prove({ server, makeSession }) {
    const session = makeSession(optionsOf(server));
    const { headers, searchParams } = await session.authorization();
    const [path, init] = firstCallOf(server);
    const url = new URL(`${server.baseUrl}/${path}`);
    for (const [name, value] of Object.entries(searchParams)) url.searchParams.set(name, value);
    equal(
      await statusOf(fetch(url, { ...init, headers: { ...init.headers, ...headers } })),
      200,
      "the status before logout()",
    );
    await session.logout();
    notEqual(
      await statusOf(fetch(url, { ...init, headers: { ...init.headers, ...headers } })),
      200,
      "the status after logout()",
    );
  },
};
