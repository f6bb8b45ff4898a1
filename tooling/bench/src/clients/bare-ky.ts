import ky from "ky";
import type { Open } from "./client.ts";

export const open: Open = async (baseUrl) => {
  const { token } = await ky.post<{ token: string }>("login", { baseUrl }).json();
  const api = ky.create({ baseUrl, headers: { authorization: `Bearer ${token}` } });
  return { call: () => api.get("zones").json() };
};
