import { readBytes } from "../net/read-body.ts";
import type { Clock } from "../util/clock.ts";
import { tagOf } from "../util/tag-of.ts";
import { within } from "../util/wait.ts";

/** How long a rejected call waits for the rest of its copy, in ms. */
const PATIENCE = 1_000;

/** The copy of a streamed body, for sending it again (guarantee 5). */
export interface BodyCopy {
  /** `undefined` if the body exceeds the limit, failed, or is not complete soon. */
  whole(clock: Clock): Promise<Uint8Array<ArrayBuffer> | undefined>;
  /** Lets the body's source end. */
  stop(): void;
}

/**
 * Copies one branch of a body at full speed while the other is sent. A slow branch would make the stream buffer
 * everything.
 * @param limit in bytes.
 */
export function copyBody(branch: ReadableStream<Uint8Array>, limit: number): BodyCopy {
  const reader = branch.getReader();
  const bytes = readBytes(reader, limit).catch(() => undefined);
  return {
    whole: (clock) => within(clock, PATIENCE, bytes, () => new Error("late")).catch(() => undefined),
    stop: () => void reader.cancel().catch(() => {}),
  };
}

/** @returns `false` if the body cannot be sent again. */
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

/** By tag, because a body may come from another realm (jest, Electron). */
export function isStream(body: unknown): body is ReadableStream<Uint8Array> | AsyncIterable<Uint8Array> {
  return (
    typeof body === "object" && body !== null && (tagOf(body) === "ReadableStream" || Symbol.asyncIterator in body)
  );
}
