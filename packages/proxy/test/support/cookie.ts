import { curl } from "./curl.ts";
import type { RunningProxy } from "./running.ts";

/** The name and value of the cookie that a browser gets for the token's URL. */
export async function cookieOf({ url, token }: Pick<RunningProxy, "url" | "token">): Promise<string> {
  const { heads } = await curl([`${url}/?vms_token=${token}`]);
  const pair = /^set-cookie: ([^;\r]+)/im.exec(heads)?.[1];
  if (pair === undefined) throw new Error("It gave no cookie.");
  return pair;
}
