import { Agent, createServer, request } from "node:http";
import { listen } from "./process.ts";

// A minimal reverse proxy. The client sends the session's cookie.
const port = Number(process.argv[2]);
const agent = new Agent({ keepAlive: true });

await listen(
  createServer((incoming, outgoing) => {
    const { method, url: path, headers } = incoming;
    const onward = request({ agent, host: "127.0.0.1", port, method, path, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.statusMessage, answer.headers);
      answer.pipe(outgoing);
    });
    incoming.pipe(onward);
  }),
);
