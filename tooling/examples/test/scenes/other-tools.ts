import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { delimiter, join } from "node:path";
import type { Simulator } from "@vms/simulator";
import { onTestFinished } from "vitest";
import { WebSocketServer } from "ws";
import type { Program } from "../../src/programs.ts";
import type { Scene } from "./scene.ts";

/** A WebSocket for `websocket.ts`, and a stand-in for ffmpeg. */
export async function otherTools({ file }: Program): Promise<Scene> {
  if (file === "websocket.ts") return socketScene();
  return file === "ffmpeg.ts" ? { env: { PATH: `${placeFfmpeg()}${delimiter}${process.env.PATH}` } } : {};
}

/** The simulator has no WebSocket: a server in front of it admits the sessions that it knows. */
async function socketScene(): Promise<Scene> {
  let vendor: Simulator["alta"] | undefined;
  const sockets = new WebSocketServer({ noServer: true });
  const server = createServer().on("upgrade", async (request, socket, head) => {
    const { cookie = "" } = request.headers;
    const known = await vendor?.fetch(`${vendor.baseUrl}/api/v1/alarmZones`, { headers: { cookie } });
    if (known?.ok) sockets.handleUpgrade(request, socket, head, (opened) => opened.send("welcome"));
    else socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return {
    env: { VMS_SOCKET_URL: `ws://127.0.0.1:${port}/events` },
    during(_, { alta }) {
      vendor = alta;
    },
  };
}

/** Returns a folder with an `ffmpeg` that sends the header text unchanged, and fails if the vendor refuses it. */
function placeFfmpeg(): string {
  const folder = join(import.meta.dirname, "../../.report/ffmpeg");
  mkdirSync(folder, { recursive: true });
  const code = `#!${process.execPath}
import net from "node:net";
const after = (name) => process.argv[process.argv.indexOf(name) + 1];
const url = new URL(after("-i"));
const socket = net.connect(Number(url.port), url.hostname, () => {
  const start = "GET " + url.pathname + " HTTP/1.1\\r\\nHost: " + url.host + "\\r\\nConnection: close\\r\\n";
  socket.write(start + after("-headers") + "\\r\\n");
});
socket.once("data", (data) => process.exit(String(data).startsWith("HTTP/1.1 200") ? 0 : 1));
`;
  writeFileSync(join(folder, "ffmpeg"), code);
  chmodSync(join(folder, "ffmpeg"), 0o755);
  return folder;
}
