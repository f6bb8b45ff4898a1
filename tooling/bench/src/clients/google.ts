import { OAuth2Client } from "google-auth-library";
import type { Open } from "./client.ts";

export const open: Open = async (base) => {
  // Without this flag, the client uses a token until it expires, even if the server rejects it.
  const client = new OAuth2Client({ forceRefreshOnFailure: true });
  client.refreshHandler = async () => {
    const { data } = await client.transporter.request<{ token: string; expires_in: number }>({
      url: `${base}login`,
      method: "POST",
    });
    return { access_token: data.token, expiry_date: Date.now() + data.expires_in * 1000 };
  };
  client.setCredentials(await client.refreshHandler());
  return { call: async () => (await client.request({ url: `${base}zones` })).data };
};
