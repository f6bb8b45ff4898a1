/** The largest body to measure, in bytes. */
const MAX_BYTES = 1_048_576;

/** The longest wait for the rest of a body, in ms. */
const MAX_WAIT = 10;

/** Extra turns of the event loop, because a busy process can spend the wait in a single turn. */
const MORE_TURNS = 50;

/**
 * Reads a `Request` body as bytes if it is short and available at once, otherwise as a stream.
 *
 * A `Request` exposes even text only as a stream. Streams are sent in chunks, which some vendors' servers refuse; bytes
 * are sent with their length.
 */
export async function withKnownLength({ body, bodyUsed }: Request): Promise<Buffer | ReadableStream | null> {
  if (body === null) return null;
  if (bodyUsed || body.locked) {
    throw new TypeError("Cannot construct a Request with a Request object that has already been used.");
  }
  const reader = body.getReader();
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  const over = Promise.withResolvers<"over">();
  const stopWaiting = afterWait(() => over.resolve("over"));
  try {
    while (size <= MAX_BYTES) {
      const reading = reader.read();
      // `fetch` reports the failure of a stream.
      const next = await Promise.race([reading, over.promise]).catch(() => "over" as const);
      if (next === "over") return resumed(reader, chunks, reading);
      if (next.done) {
        reader.releaseLock();
        return Buffer.concat(chunks);
      }
      chunks.push(next.value);
      size += next.value.byteLength;
    }
    return resumed(reader, chunks, undefined);
  } finally {
    stopWaiting();
  }
}

function afterWait(done: () => void): () => void {
  let turns = MORE_TURNS;
  let immediate: NodeJS.Immediate | undefined;
  const turn = () => {
    if (turns-- === 0) done();
    else immediate = setImmediate(turn);
  };
  const timer = setTimeout(turn, MAX_WAIT);
  return () => {
    clearTimeout(timer);
    clearImmediate(immediate);
  };
}

type Reader = ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>;

function resumed(
  reader: Reader,
  chunks: readonly Uint8Array<ArrayBuffer>[],
  pending: ReturnType<Reader["read"]> | undefined,
): ReadableStream {
  const queue: (ReturnType<Reader["read"]> | { readonly done: false; readonly value: Uint8Array<ArrayBuffer> })[] = [
    ...chunks.map((value) => ({ done: false, value }) as const),
    ...(pending === undefined ? [] : [pending]),
  ];
  return new ReadableStream(
    {
      async pull(controller) {
        try {
          const { done, value } = await (queue.shift() ?? reader.read());
          if (!done) return controller.enqueue(value);
          reader.releaseLock();
          controller.close();
        } catch (error) {
          reader.releaseLock();
          throw error;
        }
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}
