import { Agent, request } from "undici";
import type { Open } from "./client.ts";

// All clients of a process share it, because it keeps connections.
const dispatcher = new Agent();

export const open: Open = async (base) => {
  const login = await request(`${base}login`, { method: "POST", dispatcher });
  const { token } = (await login.body.json()) as { token: string };
  const headers = { authorization: `Bearer ${token}` };
  return {
    async call() {
      const { statusCode, body } = await request(`${base}zones`, { headers, dispatcher });
      if (statusCode === 200) return body.json();
      await body.dump();
      throw new Error(String(statusCode));
    },
  };
};
