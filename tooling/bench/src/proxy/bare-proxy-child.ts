import { Agent, createServer, request } from "node:http";
import { listen } from "./process.ts";

// A reverse proxy as anybody would write it. The session's cookie comes from the client.
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
