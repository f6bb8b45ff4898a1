import type { SessionStore } from "@vms/core";
import type { Terminal } from "../command-line/terminal.ts";

/** How long to wait for another process before saying so, in ms. */
const QUIET = 2_000;

/** A store that reports that it waits because another process is signing in to the same account. */
export function withWaitingNotice(store: SessionStore, terminal: Terminal): SessionStore {
  const { withLock } = store;
  if (withLock === undefined) return store;
  return {
    ...store,
    withLock(key, run, options) {
      const tell = () =>
        terminal.say(terminal.style("dim", "Another vms is signing in to this account: waiting for it."));
      const timer = setTimeout(tell, QUIET);
      const start: typeof run = (lease) => {
        clearTimeout(timer);
        return run(lease);
      };
      return withLock(key, start, options).finally(() => clearTimeout(timer));
    },
  };
}
