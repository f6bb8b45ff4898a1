import axios from "axios";
import { createAuthRefresh } from "axios-auth-refresh";
import type { Open } from "./client.ts";

// Like axios.ts, with the option that prevents the rejection of pending calls. The login uses another instance, because the
// interceptor must not see it.
export const open: Open = async (baseURL) => {
  const login = async () => (await axios.post<{ token: string }>("login", undefined, { baseURL })).data.token;
  let token = await login();
  const api = axios.create({ baseURL });
  api.interceptors.request.use((request) => {
    request.headers.Authorization = `Bearer ${token}`;
    return request;
  });
  // Its types are those for CommonJS of axios, which differ by name only.
  createAuthRefresh(
    api as never,
    async (failed) => {
      token = await login();
      failed.response.config.headers.Authorization = `Bearer ${token}`;
    },
    { deduplicateRefresh: false },
  );
  return { call: async () => (await api.get("zones")).data };
};
