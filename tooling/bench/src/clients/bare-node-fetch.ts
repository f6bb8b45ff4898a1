import { nodeFetch } from "@vms/core/node";
import type { Open } from "./client.ts";

// All clients of a process share it, because it keeps connections.
const fetch = nodeFetch();

export const open: Open = async (base) => {
  const login = await fetch(`${base}login`, { method: "POST" });
  const { token } = (await login.json()) as { token: string };
  const headers = { authorization: `Bearer ${token}` };
  return {
    async call() {
      const response = await fetch(`${base}zones`, { headers });
      if (!response.ok) throw new Error(String(response.status));
      return response.json();
    },
  };
};
