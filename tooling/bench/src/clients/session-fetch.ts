import type { Open } from "./client.ts";
import { createBenchSession } from "./session.ts";

export const open: Open = async (base) => {
  const session = createBenchSession(base);
  await session.login();
  return {
    async call() {
      const response = await session.fetch("zones");
      if (!response.ok) throw new Error(String(response.status));
      return response.json();
    },
  };
};
