import { installMemoryBodies } from "./memory-bodies.ts";
import { seededRandom } from "./random.ts";
import { VirtualTime } from "./virtual-time.ts";

/** The time at which every scenario starts. */
export const START: number = Date.UTC(2026, 0, 1, 3);

/** The world of a worker: its time, and everything else that is the same in each run. */
export interface World {
  readonly time: VirtualTime;
  /** A random number that depends on the seed only: at least 0, below 1. */
  random(): number;
  /** Resolves when nothing can happen any more before time passes. */
  settle(): Promise<void>;
}

/**
 * Replaces the timers, the clock, the random numbers and the bodies of this worker, so that a seed determines what happens.
 * A worker has one world, because the core and the simulator use its globals.
 */
export function installWorld(seed: number): World {
  const time = new VirtualTime(START);
  const random = seededRandom(seed);
  const { settle } = installTurns();
  installTime(time);
  installRandom(random);
  installMemoryBodies();
  return { time, random: seededRandom(seed + 1), settle };
}

function installTime(time: VirtualTime): void {
  const RealDate = Date;
  class VirtualDate extends RealDate {
    constructor(...args: [] | [string | number | Date]) {
      super(args.length === 0 ? time.now() : (args[0] as number));
    }
    static override now(): number {
      return time.now();
    }
  }
  const timeout = (callback: () => void, ms?: number) => time.set(callback, ms);
  Object.assign(globalThis, {
    Date: VirtualDate,
    setTimeout: timeout,
    clearTimeout: (id: number | undefined) => time.clear(id),
    setInterval: undefined,
  });
  performance.now = () => time.now() - START;
  AbortSignal.timeout = (ms) => {
    const controller = new AbortController();
    timeout(() => controller.abort(new DOMException("The operation timed out.", "TimeoutError")), ms);
    return controller.signal;
  };
}

function installRandom(random: () => number): void {
  Math.random = random;
  crypto.getRandomValues = (array) => {
    const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
    for (let at = 0; at < bytes.length; at += 1) bytes[at] = Math.floor(random() * 256);
    return array;
  };
  crypto.randomUUID = () => {
    const hex = Array.from({ length: 32 }, () => Math.floor(random() * 16).toString(16)).join("");
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
  };
}

/**
 * Digests are made on other threads. They are made one after the other, so that they finish in the order in which they were
 * asked for, and `settle` waits for them.
 */
function installTurns(): { settle(): Promise<void> } {
  let pending = 0;
  let last: Promise<unknown> = Promise.resolve();
  const settled = () => {
    pending -= 1;
  };
  const { subtle } = crypto;
  for (const name of ["digest", "importKey", "deriveBits", "deriveKey", "sign", "encrypt", "decrypt"] as const) {
    const real = subtle[name].bind(subtle) as (...args: unknown[]) => Promise<unknown>;
    const inTurn = (...args: unknown[]) => {
      pending += 1;
      const done = last.then(() => real(...args));
      last = done.then(settled, settled);
      return done;
    };
    Object.defineProperty(subtle, name, { value: inTurn });
  }
  const { port1, port2 } = new MessageChannel();
  // In Node, an open port would keep the process alive.
  (port1 as { unref?: () => void }).unref?.();
  const turn = () =>
    new Promise<void>((resolve) => {
      port1.onmessage = () => resolve();
      (port1 as { ref?: () => void }).ref?.();
      port2.postMessage(undefined);
    });
  return {
    async settle() {
      // One turn runs everything that waits for no other thread.
      do await turn();
      while (pending > 0);
      await turn();
      (port1 as { unref?: () => void }).unref?.();
    },
  };
}
