import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { BIG, COOKIE, STREAM, small } from "./loads.ts";
import { listen, paced } from "./process.ts";

// A vendor with Alta's login, in its own process. Calls need the session's cookie.
const big = Buffer.alloc(BIG, "x");
const chunk = Buffer.alloc(2 ** 20, "x");

await listen(
  createServer((request, response) => {
    const { url = "", headers } = request;
    if (url === "/api/v1/dologin") response.setHeader("set-cookie", `${COOKIE}; Path=/; HttpOnly`);
    else if (headers.cookie !== COOKIE) return void response.writeHead(401).end();
    if (url === "/stream") return stream(response);
    if (url === "/slow") paced(request);
    else request.resume();
    if (url === "/small" || url === "/big") answer(request, response);
    else request.on("end", () => answer(request, response));
  }),
);

function answer({ url }: IncomingMessage, response: ServerResponse): void {
  if (url === "/big") response.writeHead(200, { "content-type": "video/mp4", "content-length": BIG }).end(big);
  else response.writeHead(200, { "content-type": "application/json", "content-length": small.length }).end(small);
}

/** Sends as fast as the reader allows. */
function stream(response: ServerResponse): void {
  response.writeHead(200, { "content-type": "video/mp4", "content-length": STREAM });
  let left = STREAM;
  const more = () => {
    while (left > 0) {
      left -= chunk.length;
      if (!response.write(chunk)) return;
    }
    response.off("drain", more).end();
  };
  response.on("drain", more);
  more();
}
