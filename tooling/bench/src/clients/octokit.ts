import { createCallbackAuth } from "@octokit/auth-callback";
import { Octokit } from "@octokit/core";
import type { Open } from "./client.ts";

// The strategy for external tokens. No strategy of Octokit handles a 401, so `hook.wrap` does, as in the README.
export const open: Open = async (base) => {
  const baseUrl = base.slice(0, -1);
  const login = async (): Promise<string> => {
    const response = await fetch(`${base}login`, { method: "POST" });
    return ((await response.json()) as { token: string }).token;
  };
  let token: Promise<string> | undefined;
  const callback = () => {
    token ??= login();
    return token;
  };
  const octokit = new Octokit({ baseUrl, authStrategy: createCallbackAuth, auth: { callback } });
  octokit.hook.wrap("request", async (request, options) => {
    try {
      return await request(options);
    } catch (error) {
      if ((error as { status?: number }).status !== 401) throw error;
      token = undefined;
      return request(options);
    }
  });
  await callback();
  return { call: async () => (await octokit.request("GET /zones")).data };
};
