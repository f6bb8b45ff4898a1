import zlib from "node:zlib";

type Decode = (body: Buffer, options: { readonly maxOutputLength: number }) => Buffer;

// Late, so that programs that judge no compressed body do not load zlib.
function decoderFor(coding: string): Decode | undefined {
  switch (coding) {
    case "br":
      return zlib.brotliDecompressSync;
    case "deflate":
      return (body, options) => inflaterFor(body)(body, { ...lenient(), ...options });
    case "gzip":
    case "x-gzip":
      return (body, options) => zlib.gunzipSync(body, { ...lenient(), ...options });
    case "zstd":
      // Node has it since 22.15.
      return zlib.zstdDecompressSync;
    default:
      return undefined;
  }
}

// Many servers send raw deflate under this name, without the zlib header.
function inflaterFor([first = 0]: Buffer): typeof zlib.inflateSync {
  return (first & 0x0f) === 0x08 ? zlib.inflateSync : zlib.inflateRawSync;
}

/** Like `fetch`, accepts truncated data: some servers omit the last block or the checksum. */
function lenient(): zlib.ZlibOptions {
  const { Z_SYNC_FLUSH } = zlib.constants;
  return { flush: Z_SYNC_FLUSH, finishFlush: Z_SYNC_FLUSH };
}

/**
 * Decodes a small body, which undici leaves encoded.
 * @param limit the maximum size of the result, in bytes.
 * @returns `undefined` if a coding is unknown, the data is damaged, or the result is too large.
 */
export function decodeBody(body: Buffer, contentEncoding: string, limit: number): Buffer | undefined {
  const codings = contentEncoding
    .toLowerCase()
    .split(",")
    .map((coding) => coding.trim());
  let decoded = body;
  try {
    for (const coding of codings.reverse()) {
      if (coding === "" || coding === "identity") continue;
      const decode = decoderFor(coding);
      if (decode === undefined) return undefined;
      // Like `fetch`, accepts an empty body that was not compressed.
      if (decoded.length > 0) decoded = decode(decoded, { maxOutputLength: limit });
    }
  } catch {
    return undefined;
  }
  return decoded;
}
