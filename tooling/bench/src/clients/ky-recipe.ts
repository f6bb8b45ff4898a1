import ky from "ky";
import type { Open } from "./client.ts";

// The recipe in ky's README for `afterResponse`: "retry with a fresh token on a 401 error". `beforeRequest` adds the fresh
// token to later requests.
export const open: Open = async (baseUrl) => {
  const login = () => ky.post<{ token: string }>("login", { baseUrl }).json();
  let { token } = await login();
  const api = ky.create({
    baseUrl,
    hooks: {
      beforeRequest: [({ request }) => request.headers.set("Authorization", `Bearer ${token}`)],
      afterResponse: [
        async ({ request, response, retryCount }) => {
          if (response.status === 401 && retryCount === 0) {
            ({ token } = await login());
            const headers = new Headers(request.headers);
            headers.set("Authorization", `Bearer ${token}`);
            return ky.retry({ request: new Request(request, { headers }), code: "TOKEN_REFRESHED" });
          }
          return undefined;
        },
      ],
    },
  });
  return { call: () => api.get("zones").json() };
};
