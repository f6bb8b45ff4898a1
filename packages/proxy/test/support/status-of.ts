import { raw } from "./raw.ts";
import type { RunningProxy } from "./running.ts";

/** Sends a request byte for byte, with the token, and returns the status. */
export async function statusOf({ port, token }: RunningProxy, first: string, ...lines: string[]): Promise<number> {
  const host = lines.some((line) => /^host:/i.test(line)) ? [] : [`Host: 127.0.0.1:${port}`];
  const shown = lines.some((line) => /^(authorization|cookie):/i.test(line)) ? [] : [`Authorization: Bearer ${token}`];
  const head = [`${first} HTTP/1.1`, ...host, ...shown, "Connection: close", ...lines].join("\r\n");
  return Number(/^HTTP\/1\.1 (\d{3})/.exec(await raw(port, `${head}\r\n\r\n`))?.[1]);
}
