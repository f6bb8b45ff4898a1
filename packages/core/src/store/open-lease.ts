import type { Lease } from "../contract/session-store.ts";
import type { StoreFailed } from "../errors/store-failed.ts";

export interface LeaseWriter {
  /**
   * Writes the value if the lock is still held. Check and write must be atomic for other holders.
   * @returns `false` if the lock was lost and nothing was written.
   */
  write(value: string, options: { expiresAt?: number }): Promise<boolean>;
  failure(problem: string, retryable: boolean): StoreFailed;
}

export interface OpenLease {
  readonly lease: Lease;
  /** Ends the lease. Resolves when its writes have settled; release the lock after that. */
  end(): Promise<void>;
}

/**
 * Opens the lease of a held lock. Writes run one at a time, in call order.
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
