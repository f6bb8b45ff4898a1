import { createServer } from "node:http";

/** A server that is none of the vendor's: it notes what comes, and answers 200. */
export interface Elsewhere {
  readonly origin: string;
  /** Of each request: its address and all its headers, as one text. */
  readonly received: readonly string[];
  close(): void;
}

export function serveElsewhere(): Promise<Elsewhere> {
  const received: string[] = [];
  const server = createServer((request, response) => {
    received.push([request.method, request.url, ...request.rawHeaders].join("\n"));
    response.end("elsewhere");
  });
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = typeof address === "object" ? (address?.port ?? 0) : 0;
      const close = () => {
        server.close();
        server.closeAllConnections();
      };
      resolve({ origin: `http://127.0.0.1:${port}`, received, close });
    });
  });
}
