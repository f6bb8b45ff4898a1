import type { Lease } from "../contract/session-store.ts";
import type { StoreFailed } from "../errors/store-failed.ts";

/** How a store writes under one of its locks. */
export interface LeaseWriter {
  /**
   * Writes the value if the lock is still held. The check and the write must be one step for other holders.
   * @returns `false` if the lock is not held any more; then nothing was written.
   */
  write(value: string, options: { expiresAt?: number }): Promise<boolean>;
  /** Makes the store's own error. */
  failure(problem: string, retryable: boolean): StoreFailed;
}

/** A lease, and what ends it. */
export interface OpenLease {
  readonly lease: Lease;
  /** Ends the lease. Resolves when the writes that it began have settled: give the lock back after that. */
  end(): Promise<void>;
}

/**
 * Opens the lease of a lock that is held. Its writes run one after the other, in the order of the calls.
 * @param signal aborts when the lock is lost.
 */
export function openLease(key: string, signal: AbortSignal, { write, failure }: LeaseWriter): OpenLease {
  let ended = false;
  let tail: Promise<unknown> = Promise.resolve();
  const notWritten = (why: string, retryable = true) => failure(`the value was not written: ${why}`, retryable);
  const lost = () => notWritten("the lock was lost. Read the value again.");

  async function set(name: string, value: string, options: { expiresAt?: number } = {}): Promise<void> {
    if (name !== key) throw notWritten("a lease writes only the key that it locks.", false);
    if (ended) throw notWritten("the lock was already released.");
    if (signal.aborted) throw lost();
    const given = { ...options };
    const written = tail.then(() => write(value, given));
    tail = written.catch(() => {});
    if (!(await written)) throw lost();
  }

  return {
    lease: { signal, set },
    async end() {
      ended = true;
      await tail;
    },
  };
}
