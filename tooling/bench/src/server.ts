import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { type Counts, type Manner, quick } from "./manner.ts";

// A vendor in a process of its own, so that its work is not counted: a login, and calls that need its token or cookie.
let manner: Manner = quick;
let counts: Counts = { logins: 0, calls: 0 };
let serial = 0;
const live = new Set<string>();
const zones = JSON.stringify([{ id: 1, name: "Zone" }]);

const server = createServer((request, response) => {
  request.resume();
  const answer = (status: number, body: string, wait = 0, headers: Record<string, string> = {}) => {
    response.writeHead(status, { "content-type": "application/json", ...headers });
    if (wait === 0) response.end(body);
    else setTimeout(() => response.end(body), wait);
  };
  if (request.url === "/zones") {
    counts = { ...counts, calls: counts.calls + 1 };
    // Spread evenly, and the same in each run: what is late meets a session that has been renewed already.
    const wait = ((counts.calls * 0.618_034) % 1) * manner.spread;
    const accepted = live.has(tokenOf(request));
    if (accepted) return answer(200, zones, wait);
    return answer(401, "{}", wait, { "www-authenticate": 'Bearer realm="bench", error="invalid_token"' });
  }
  if (request.url === "/login") {
    counts = { ...counts, logins: counts.logins + 1 };
    if (manner.oneSession) live.clear();
    // In three parts, as a JSON Web Token: some clients look at that.
    const token = `made.up.${++serial}`;
    live.add(token);
    return answer(200, JSON.stringify({ token, expires_in: 3600 }), manner.loginTakes, {
      "set-cookie": `session=${token}; Path=/; HttpOnly`,
      "x-token": token,
    });
  }
  return answer(404, "{}");
});

function tokenOf({ headers }: IncomingMessage): string {
  const { authorization, cookie } = headers;
  if (authorization !== undefined) return authorization.slice(authorization.indexOf(" ") + 1);
  return /(?:^|; )session=([^;]+)/.exec(cookie ?? "")?.[1] ?? "";
}

server.keepAliveTimeout = 600_000;
server.listen({ port: 0, host: "127.0.0.1", backlog: 4096 }, () => {
  process.send?.({ port: (server.address() as AddressInfo).port });
});
process.on("message", (order: { revoke?: true; manner?: Manner }) => {
  if (order.manner !== undefined) manner = order.manner;
  if (order.revoke) live.clear();
  process.send?.({ counts });
  counts = { logins: 0, calls: 0 };
});
process.on("disconnect", () => process.exit(0));
