import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import type { Behavior, Counts } from "./behavior.ts";

/** The benchmark's vendor, in its own process. */
export interface Vendor extends AsyncDisposable {
  /** Its base URL, with a trailing slash. */
  readonly base: string;
  /** Ends every session. */
  revoke(): Promise<void>;
  behave(behavior: Behavior): Promise<void>;
  /** What it has received since its behavior was last set. */
  counts(): Promise<Counts>;
}

export async function startVendor(): Promise<Vendor> {
  const child = fork(new URL("./server.ts", import.meta.url), { stdio: "inherit", execArgv: [] });
  const { port } = await answerOf<{ port: number }>(child);
  const tell = async (order: { revoke?: true; behavior?: Behavior }) => {
    const answer = answerOf<{ counts: Counts }>(child);
    child.send(order);
    return (await answer).counts;
  };
  return {
    base: `http://127.0.0.1:${port}/`,
    async revoke() {
      await tell({ revoke: true });
    },
    async behave(behavior) {
      await tell({ behavior });
    },
    counts: () => tell({}),
    async [Symbol.asyncDispose]() {
      const gone = once(child, "exit");
      child.disconnect();
      await gone;
    },
  };
}

async function answerOf<T>(child: ChildProcess): Promise<T> {
  const [answer] = (await once(child, "message")) as [T];
  return answer;
}
