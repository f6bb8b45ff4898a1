// A proxy of an Alta in its own process, for tests of what only a process shows: memory, limits of files, and crashes.
import process from "node:process";
import { createAltaSession } from "@vms/alta";
import { createProxy } from "../../src/index.ts";

const session = createAltaSession(JSON.parse(process.env.ALTA ?? ""));
const proxy = createProxy({ session });
process.once("SIGINT", async () => {
  await proxy.close();
  await session.close();
});
const url = await proxy.listen();
process.stdout.write(`${JSON.stringify({ url, token: proxy.token })}\n`);
