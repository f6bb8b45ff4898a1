import { createHash } from "node:crypto";

const CHUNK = 65_536;

/** A stream of the given number of bytes, generated on demand. */
export function streamOf(bytes: number): ReadableStream<Uint8Array<ArrayBuffer>> {
  let left = bytes;
  return new ReadableStream({
    pull(controller) {
      controller.enqueue(new Uint8Array(Math.min(CHUNK, left)).fill(left % 251));
      left -= CHUNK;
      if (left <= 0) controller.close();
    },
  });
}

/** Reads a stream without buffering it. */
export async function digestOf(stream: ReadableStream<Uint8Array>): Promise<{ length: number; sha256: string }> {
  const hash = createHash("sha256");
  let length = 0;
  for await (const chunk of stream as ReadableStream<Uint8Array> & AsyncIterable<Uint8Array>) {
    hash.update(chunk);
    length += chunk.length;
  }
  return { length, sha256: hash.digest("hex") };
}
