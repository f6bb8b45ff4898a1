import { nodeFetch } from "@vms/core/node";
import type { Open } from "./client.ts";
import { createBenchSession } from "./session.ts";

// All clients of a process share it, because it keeps connections.
const fetch = nodeFetch();

export const open: Open = async (base) => {
  const session = createBenchSession(base, fetch);
  await session.login();
  return {
    async call() {
      const response = await session.fetch("zones");
      if (!response.ok) throw new Error(String(response.status));
      return response.json();
    },
  };
};
