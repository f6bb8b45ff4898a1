import type { System } from "../system/system.ts";

const CTRL_C = 0x03;

/**
 * Runs something slow and hides what is typed meanwhile, because a user may type the next password before the prompt
 * appears. Ctrl-C and prompts work during it.
 */
export async function withHiddenTyping<T>({ stdin, signals }: System, run: () => Promise<T>): Promise<T> {
  if (!stdin.isTTY || stdin.setRawMode === undefined) return run();
  const watch = (typed: Buffer | string) => {
    // Prompts handle Ctrl-C themselves.
    if (stdin.listenerCount("keypress") > 0 || !Buffer.from(typed).includes(CTRL_C)) return;
    signals.emit("SIGINT", "SIGINT");
  };
  stdin.setRawMode(true);
  stdin.on("data", watch);
  // An earlier prompt has paused the input.
  stdin.resume();
  try {
    return await run();
  } finally {
    stdin.off("data", watch);
    stdin.pause();
    stdin.setRawMode(false);
  }
}
