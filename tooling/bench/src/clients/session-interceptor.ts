import { sessionInterceptor } from "@vms/core/node";
import { Agent, request } from "undici";
import type { Open } from "./client.ts";
import { createBenchSession } from "./session.ts";

// All clients of a process share it, because it keeps connections.
const agent = new Agent();

export const open: Open = async (base) => {
  const session = createBenchSession(base);
  await session.login();
  const dispatcher = agent.compose(sessionInterceptor(session));
  return {
    kept: session,
    async call() {
      const { statusCode, body } = await request(`${base}zones`, { dispatcher });
      if (statusCode === 200) return body.json();
      await body.dump();
      throw new Error(String(statusCode));
    },
  };
};
