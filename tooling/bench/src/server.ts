import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { type Behavior, type Counts, quick } from "./behavior.ts";

// A vendor in its own process, so that its work is not measured. It has a login, and calls that need the token or cookie.
let behavior: Behavior = quick;
let counts: Counts = { logins: 0, calls: 0 };
let serial = 0;
const live = new Set<string>();
const zones = JSON.stringify([{ id: 1, name: "Zone" }]);

const server = createServer((request, response) => {
  request.resume();
  const answer = (status: number, body: string, wait = 0, headers: Record<string, string> = {}) => {
    response.writeHead(status, { "content-type": "application/json", ...headers });
    const delay = wait + behavior.away;
    if (delay === 0) response.end(body);
    else setTimeout(() => response.end(body), delay);
  };
  if (request.url === "/zones") {
    counts = { ...counts, calls: counts.calls + 1 };
    // Spread evenly, and equally in each run. A late response arrives after the session was renewed.
    const wait = ((counts.calls * 0.618_034) % 1) * behavior.spread;
    const accepted = live.has(tokenOf(request));
    if (accepted) return answer(200, zones, wait);
    return answer(401, "{}", wait, { "www-authenticate": 'Bearer realm="bench", error="invalid_token"' });
  }
  // The signature is not verified: the vendor's cost is not measured.
  if (request.url === "/signed") {
    if (request.headers.authorization?.startsWith("Digest ")) return answer(200, zones);
    return answer(401, "{}", 0, { "www-authenticate": 'Digest realm="bench", qop="auth", nonce="made-up"' });
  }
  if (request.url === "/login") {
    counts = { ...counts, logins: counts.logins + 1 };
    if (behavior.oneSession) live.clear();
    // Three parts like a JSON Web Token, because some clients check for that.
    const token = `made.up.${++serial}`;
    live.add(token);
    return answer(200, JSON.stringify({ token, expires_in: 3600 }), behavior.loginTakes, {
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
process.on("message", (order: { revoke?: true; behavior?: Behavior }) => {
  if (order.behavior !== undefined) behavior = order.behavior;
  if (order.revoke) live.clear();
  process.send?.({ counts });
  counts = { logins: 0, calls: 0 };
});
process.on("disconnect", () => process.exit(0));
