import { DEVICE } from "../vendor.ts";

/** The user name and password of an account. */
export interface Login {
  readonly username: string;
  readonly password: string;
}

/** Signs in without the packages, and returns the credential. */
export async function signIn(
  fetch: typeof globalThis.fetch,
  baseUrl: string,
  { username, password }: Login,
): Promise<string> {
  const response = await fetch(`${baseUrl}/auth/login/`, {
    method: "POST",
    headers: {
      authorization: `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`,
      "content-type": "application/json",
    },
    body: JSON.stringify({ uuid: DEVICE, mobile: false, device_info: {} }),
  });
  return ((await response.json()) as { token: string }).token;
}
