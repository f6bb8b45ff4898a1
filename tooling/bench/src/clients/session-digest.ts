import { createSession, type DigestKey, digest, type Flow } from "@vms/core/flow";
import type { Open } from "./client.ts";

export const open: Open = async (base) => {
  const auth = digest();
  const flow: Flow<DigestKey, null> = {
    vendor: "bench",
    baseUrl: new URL(base),
    async login(context) {
      const first = await context.send("signed", { method: "GET" });
      const data = auth.key(first.headers.get("www-authenticate"), await context.credentials());
      if (data === undefined) throw first.toError();
      return { data, user: null };
    },
    authorize: () => ({}),
    sign: auth.sign,
    rotate: auth.rotate,
    parse: auth.parse,
  };
  const session = createSession(flow, { credentials: { username: "bench", password: "made-up" } });
  await session.login();
  return {
    async call() {
      const response = await session.fetch("signed");
      if (!response.ok) throw new Error(String(response.status));
      return response.json();
    },
  };
};
