import axios from "axios";
import { createAuthRefresh } from "axios-auth-refresh";
import type { Open } from "./client.ts";

export const open: Open = async (baseURL) => {
  const login = async () => (await axios.post<{ token: string }>("login", undefined, { baseURL })).data.token;
  let token = await login();
  const api = axios.create({ baseURL });
  api.interceptors.request.use((request) => {
    request.headers.Authorization = `Bearer ${token}`;
    return request;
  });
  // Its types refer to axios' CommonJS types, which differ in name only.
  createAuthRefresh(api as never, async (failed) => {
    token = await login();
    failed.response.config.headers.Authorization = `Bearer ${token}`;
  });
  return { call: async () => (await api.get("zones")).data };
};
