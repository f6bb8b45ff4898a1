import { createServer } from "node:net";
import { expect, it, onTestFinished } from "vitest";
import { networkCode, plainNetworkError } from "../../src/net/network-error.ts";

it("has a code for a response that is not HTTP", async () => {
  const server = createServer((socket) =>
    socket.once("data", () => socket.end("HTTP/1.1 200 OK\r\nbad header\r\n\r\n")),
  );
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  const error: unknown = await fetch(`http://127.0.0.1:${port}`).catch((reason: unknown) => reason);
  expect(networkCode(error)).toMatch(/^HPE_\w+$/);
  expect(plainNetworkError(error).cause).toMatchObject({ code: networkCode(error) });
});
