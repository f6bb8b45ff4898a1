import { readBytes } from "../net/read-body.ts";
import type { Clock } from "../util/clock.ts";
import { tagOf } from "../util/tag-of.ts";
import { within } from "../util/wait.ts";

/** How long a rejected call waits for the rest of its copy, in ms. A body in memory takes a few. */
const PATIENCE = 1_000;

/** The copy of a streamed body, from which the body can be sent again (guarantee 5). */
export interface BodyCopy {
  /** Returns the whole body. `undefined` if it is larger than the limit, has failed, or is not complete soon. */
  whole(clock: Clock): Promise<Uint8Array<ArrayBuffer> | undefined>;
  /** Ends the copying, so that the body's source can end as well. */
  stop(): void;
}

/**
 * Copies one branch of a body while the other branch is sent.
 *
 * The copy is read at full speed. A branch that waited would make the stream keep everything that the other one has read.
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
 * Takes the copy of the body that was sent, so that the call can be sent again.
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

/** A call whose streamed body is copied while it is sent. */
interface CopiedCall {
  body: BodyInit | null | undefined;
  copy: BodyCopy | undefined;
}

/** Whether sending a body uses it up. Recognised by its tag, because it can come from another realm (jest, Electron). */
export function isStream(body: unknown): body is ReadableStream<Uint8Array> | AsyncIterable<Uint8Array> {
  return (
    typeof body === "object" && body !== null && (tagOf(body) === "ReadableStream" || Symbol.asyncIterator in body)
  );
}
