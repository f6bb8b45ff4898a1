import { readBytes } from "../net/read-body.ts";
import type { Clock } from "../util/clock.ts";
import { tagOf } from "../util/tag-of.ts";
import { within } from "../util/wait.ts";

/** How long a rejected call waits for the rest of its copy, in ms. A body in memory takes a few. */
const PATIENCE = 1_000;

/** The copy of a streamed body, for sending it again (guarantee 5). */
export interface BodyCopy {
  /** Returns the whole body; `undefined` if it exceeds the limit, failed, or is not complete soon. */
  whole(clock: Clock): Promise<Uint8Array<ArrayBuffer> | undefined>;
  /** Stops copying, so that the body's source can end. */
  stop(): void;
}

/**
 * Copies one branch of a body while the other is sent. It reads at full speed: a slow branch would make the stream
 * buffer everything that the other branch has read.
 * @param limit the largest body that is kept, in bytes.
 */
export function copyBody(branch: ReadableStream<Uint8Array>, limit: number): BodyCopy {
  const reader = branch.getReader();
  const bytes = readBytes(reader, limit).catch(() => undefined);
  return {
    whole: (clock) => within(clock, PATIENCE, bytes, () => new Error("late")).catch(() => undefined),
    stop: () => void reader.cancel().catch(() => {}),
  };
}

/**
 * Replaces a sent stream by its copy.
 * @returns `false` if the body cannot be sent again.
 */
export async function keepBody(call: CopiedCall, clock: Clock): Promise<boolean> {
  const { copy } = call;
  if (copy === undefined) return true;
  const body = await copy.whole(clock);
  if (body === undefined) return false;
  copy.stop();
  call.copy = undefined;
  call.body = body;
  return true;
}

interface CopiedCall {
  body: BodyInit | null | undefined;
  copy: BodyCopy | undefined;
}

/** Returns whether sending the body consumes it. By tag, because it may come from another realm (jest, Electron). */
export function isStream(body: unknown): body is ReadableStream<Uint8Array> | AsyncIterable<Uint8Array> {
  return (
    typeof body === "object" && body !== null && (tagOf(body) === "ReadableStream" || Symbol.asyncIterator in body)
  );
}
