import type { Open } from "./client.ts";
import { createBenchSession } from "./session.ts";

export const open: Open = async (base) => {
  const session = createBenchSession(base);
  await session.login();
  return { call: () => session.http.get("zones").json() };
};
