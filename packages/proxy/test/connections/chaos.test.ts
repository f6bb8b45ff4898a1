import { connect } from "node:net";
import { expect, test } from "vitest";
import { proxiedByProcess } from "../support/proxy-process.ts";

/** Pseudo-random numbers, the same in each run. */
function chances(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

test.each([1, 2, 3])("keeps serving when clients leave and the vendor disconnects at any moment (%i)", async (seed) => {
  const { at, proxy } = await proxiedByProcess();
  const chance = chances(seed);
  at.on("/chaos", (request, response) => {
    const end = [
      () => response.destroy(),
      () => response.writeHead(200, { "content-length": 100 }).write("x", () => response.destroy()),
      () => response.end("x".repeat(chance(300_000))),
      () => void request.once("end", () => response.end("done")).resume(),
      () => void request.once("data", () => response.socket?.resetAndDestroy()),
      () => response.writeHead(413).end("too large"),
      () => response.writeHead(304).end(),
      () => response.writeHead(204, { "content-length": 0 }).end(),
    ];
    end[chance(end.length)]?.();
    if (!response.writableEnded && !response.destroyed) setImmediate(() => response.end());
  });
  const head = `Host: 127.0.0.1:${proxy.port}\r\nAuthorization: Bearer ${proxy.token}\r\n`;
  const client = async () => {
    const socket = connect(proxy.port, "127.0.0.1");
    const closed = new Promise((resolve) => socket.once("close", resolve));
    socket.on("error", () => {});
    const length = [0, 10, 50_000, 70_000, 1_000_000][chance(5)] ?? 0;
    const kinds = [
      `GET /chaos HTTP/1.1\r\n${head}\r\n`,
      `PUT /chaos HTTP/1.1\r\n${head}Content-Length: ${length}\r\n\r\n`,
      `POST /chaos HTTP/1.1\r\n${head}Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n`,
      `GET /chaos HTTP/1.1\r\n${head}Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n`,
      `PUT /chaos HTTP/1.1\r\n${head}Expect: 100-continue\r\nContent-Length: ${length}\r\n\r\n`,
    ];
    socket.write(kinds[chance(kinds.length)] ?? "");
    if (chance(2) > 0) socket.write(Buffer.alloc(chance(length + 1)));
    const leave = chance(4);
    if (leave === 0) socket.resetAndDestroy();
    else if (leave === 1) socket.end();
    else if (leave === 2) {
      socket.once("data", () => socket.resetAndDestroy());
      setTimeout(() => socket.destroy(), 20 + chance(100));
    } else setTimeout(() => socket.destroy(), chance(100));
    socket.resume();
    await closed;
  };
  const status = async () => (await fetch(`${proxy.url}/api/v1/me`, { headers: proxy.bearer })).status;
  for (let round = 0; round < 6; round++) {
    // The session expires in every other round, together with the chaos.
    const clients = Array.from({ length: 25 }, client);
    if (round % 2 === 0) at.simulator.revokeAll();
    await Promise.all(clients);
    await expect.poll(status, { timeout: 40_000, interval: 100 }).toBe(200);
  }
  expect(proxy.stderr()).not.toMatch(/Warning|Error|\bat /);
  expect(await proxy.stop()).toBe(0);
});
