import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

// A vendor in a process of its own, so that its work is not counted: a login, and calls that need its token.
let logins = 0;
const body = JSON.stringify([{ id: 1, name: "Zone" }]);
const server = createServer((request, response) => {
  request.resume();
  if (request.url === "/login") {
    logins++;
    response.setHeader("x-token", `made-up-${logins}`);
  } else if (request.url === "/logins") {
    response.end(String(logins));
    return;
  } else if (!request.headers.authorization?.startsWith("Bearer made-up-")) {
    response.statusCode = 401;
  }
  response.setHeader("content-type", "application/json");
  response.end(body);
});
server.keepAliveTimeout = 600_000;
server.listen(0, "127.0.0.1", () => process.send?.((server.address() as AddressInfo).port));
process.on("disconnect", () => process.exit(0));
