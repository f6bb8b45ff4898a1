// Makes many concurrent calls on a session that other processes share.
import { once } from "node:events";
import { createSession, type Flow, type Schema } from "../../../../src/flow.ts";
import { InvalidCredentials, isVmsError } from "../../../../src/index.ts";
import { openFileStore } from "../../../../src/node/file-store/file-store.ts";

const { directory, timing, baseUrl, firstCall, credentials, calls } = JSON.parse(process.argv[2] ?? "");

const loginSchema: Schema<{ access_token: string }> = {
  "~standard": { version: 1, vendor: "test", validate: (value) => ({ value: value as { access_token: string } }) },
};

const flow: Flow<string, null> = {
  vendor: "admin-token",
  baseUrl: new URL(baseUrl),
  headers: { accept: "application/json" },
  async login(context) {
    const { username, password } = await context.credentials();
    const answer = await context.send("api/admin/v1/auth/token", { json: { login: username, password } });
    if (!answer.ok) throw new InvalidCredentials("admin-token", "refused");
    return { data: answer.json(loginSchema).access_token, user: null };
  },
  authorize: ({ data }) => ({ headers: { authorization: `Bearer ${data}` } }),
  parse(data) {
    if (typeof data !== "string") throw new TypeError("not a token");
    return data;
  },
};

const store = openFileStore({ directory }, timing);
const session = createSession(flow, { credentials, store, userAgent: `child-${process.pid}` });
session.on("store_failed", ({ error }) => void process.stdout.write(`${error.message}\n`));
process.stdout.write("ready\n");
await once(process.stdin, "data");
const began = performance.now();
// All callers wait for the same session, so this is the longest wait of a caller for a session.
let waited = Number.NaN;
session.on("login", () => {
  waited = performance.now() - began;
});
const answers = Array.from({ length: calls }, async () => {
  const response = await session.fetch(firstCall).catch((error: unknown) => {
    if (!isVmsError(error)) throw error;
    return undefined;
  });
  await response?.arrayBuffer();
  return response?.status;
});
const good = (await Promise.all(answers)).filter((status) => status === 200).length;
process.stdout.write(`${good} good\n`);
process.stdout.write(`${Math.ceil(waited)} ms until there was a session\n`);
process.stdin.destroy();
