import * as zlib from "node:zlib";

type Decode = (body: Buffer, options: { readonly maxOutputLength: number }) => Buffer;

const { Z_SYNC_FLUSH } = zlib.constants;
// Lenient at the end of the data, as `fetch` is: some servers end it without the last block or checksum.
const LENIENT: zlib.ZlibOptions = { flush: Z_SYNC_FLUSH, finishFlush: Z_SYNC_FLUSH };

const gunzip: Decode = (body, options) => zlib.gunzipSync(body, { ...LENIENT, ...options });

// Half of the servers send raw deflate under this name, without the header of zlib.
const inflate: Decode = (body, options) => {
  const hasHeader = ((body[0] ?? 0) & 0x0f) === 0x08;
  return (hasHeader ? zlib.inflateSync : zlib.inflateRawSync)(body, { ...LENIENT, ...options });
};

const DECODERS: Readonly<Record<string, Decode | undefined>> = {
  br: zlib.brotliDecompressSync,
  deflate: inflate,
  gzip: gunzip,
  "x-gzip": gunzip,
  // Node has it since 22.15.
  zstd: zlib.zstdDecompressSync,
};

/**
 * Decodes a small body that undici passes on as it was sent.
 * @param contentEncoding the header, which may name several codings.
 * @param limit the maximum size of the result in bytes.
 * @returns `undefined` if a coding is unknown, the data is damaged, or the result is too large.
 */
export function decodeBody(body: Buffer, contentEncoding: string, limit: number): Buffer | undefined {
  const codings = contentEncoding
    .toLowerCase()
    .split(",")
    .map((coding) => coding.trim());
  let decoded = body;
  try {
    // The last coding was applied last.
    for (const coding of codings.reverse()) {
      if (coding === "" || coding === "identity") continue;
      const decode = DECODERS[coding];
      if (typeof decode !== "function") return undefined;
      // Nothing was compressed: `fetch` reads this as an empty body as well.
      if (decoded.length > 0) decoded = decode(decoded, { maxOutputLength: limit });
    }
  } catch {
    return undefined;
  }
  return decoded;
}
