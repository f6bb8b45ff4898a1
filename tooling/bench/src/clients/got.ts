import got from "got";
import { CookieJar } from "tough-cookie";
import type { Open } from "./client.ts";

// The session is a cookie in the jar. The hook for a 401 comes from got's documentation.
export const open: Open = async (prefixUrl) => {
  const cookieJar = new CookieJar();
  const login = () => got.post("login", { prefixUrl, cookieJar });
  const api = got.extend({
    prefixUrl,
    cookieJar,
    hooks: {
      afterResponse: [
        async (response, retryWithMergedOptions) => {
          if (response.statusCode !== 401) return response;
          await login();
          return retryWithMergedOptions({});
        },
      ],
    },
  });
  await login();
  return { call: () => api.get("zones").json() };
};
