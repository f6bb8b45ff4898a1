import process from "node:process";

const CTRL_C = 0x03;

/**
 * Runs something that takes its time, and shows nothing of what is typed meanwhile: somebody whose password was refused
 * may be typing the next one before it is asked for. Ctrl-C works. Prompts may be shown in it.
 */
export async function withHiddenTyping<T>(run: () => Promise<T>): Promise<T> {
  const { stdin } = process;
  if (!stdin.isTTY) return run();
  const watch = (typed: Buffer | string) => {
    // A prompt sees to it itself.
    if (stdin.listenerCount("keypress") > 0 || !Buffer.from(typed).includes(CTRL_C)) return;
    process.emit("SIGINT");
  };
  stdin.setRawMode(true);
  stdin.on("data", watch);
  // An earlier prompt has paused it.
  stdin.resume();
  try {
    return await run();
  } finally {
    stdin.off("data", watch);
    stdin.pause();
    stdin.setRawMode(false);
  }
}
