import { createServer } from "node:http";

/** A server of another origin that records requests and returns 200. */
export interface ForeignServer {
  readonly origin: string;
  /** The path and headers of each request, as one text. */
  readonly received: readonly string[];
  close(): void;
}

export function serveForeign(): Promise<ForeignServer> {
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
