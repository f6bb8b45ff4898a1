import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { expect, test } from "vitest";
import { curl } from "./support/curl.ts";
import { proxiedByProcess } from "./support/proxy-process.ts";
import { proxied } from "./support/running.ts";

const MB = 2 ** 20;

const bearer = ({ token }: { readonly token: string }) => ["-H", `Authorization: Bearer ${token}`];

/** This many bytes in chunks, and their digest once they have been read. */
function pieces(megabytes: number) {
  const hash = createHash("sha256");
  const stream = Readable.from(
    (function* () {
      for (let n = 0; n < megabytes * 16; n++) {
        const piece = Buffer.alloc(MB / 16, `${n} `);
        hash.update(piece);
        yield piece;
      }
    })(),
    { objectMode: false },
  );
  return { stream, digest: () => hash.digest("hex") };
}

test("downloads 200 MB completely, with constant memory", async () => {
  const { at, proxy } = await proxiedByProcess();
  let digest = () => "";
  at.on("/big", (_, response) => {
    const sent = pieces(200);
    digest = sent.digest;
    sent.stream.pipe(response);
  });
  await curl([...bearer(proxy), `${proxy.url}/api/v1/me`]);
  const before = proxy.peak();
  const got = await curl([...bearer(proxy), `${proxy.url}/big`]);
  expect(got).toMatchObject({ exit: 0, status: 200, bytes: 200 * MB });
  expect(got.digest).toBe(digest());
  expect(proxy.peak() - before).toBeLessThan(120 * MB);
});

test("a reader that pauses also pauses the vendor", async () => {
  const { at, proxy } = await proxiedByProcess();
  let sent = 0;
  const chunk = Buffer.alloc(MB);
  at.on("/endless", (_, response) => {
    const more = () => {
      sent += chunk.length;
      if (!response.destroyed) response.write(chunk);
    };
    response.on("drain", more);
    more();
  });
  const answer = await fetch(`${proxy.url}/endless`, { headers: proxy.bearer });
  const reader = answer.body!.getReader();
  await reader.read();
  // The buffers on the way fill up; then nothing more moves.
  let last = -1;
  await expect
    .poll(
      () => {
        const still = sent === last;
        last = sent;
        return still && sent > 0;
      },
      { interval: 300, timeout: 15_000 },
    )
    .toBe(true);
  expect(sent).toBeLessThan(64 * MB);
  expect(proxy.peak()).toBeLessThan(250 * MB);
  await reader.cancel();
});

test("a client that leaves cancels the call at the vendor", async () => {
  const { at, proxy } = await proxied();
  const gone = Promise.withResolvers<void>();
  at.on("/slow", (_, response) => {
    response.once("close", () => gone.resolve());
    response.write("first");
  });
  const leaving = new AbortController();
  const answer = await fetch(`${proxy.url}/slow`, { headers: proxy.bearer, signal: leaving.signal });
  expect(new TextDecoder().decode((await answer.body!.getReader().read()).value)).toBe("first");
  leaving.abort();
  await gone.promise;
});

test.each([
  ["with its length and Expect", false],
  ["in chunks of unknown length", true],
])("curl -T uploads 200 MB %s, with constant memory", async (_, chunked) => {
  const { at, proxy } = await proxiedByProcess();
  const sent = pieces(200);
  let how: Record<string, unknown> = {};
  at.on("/upload", async (request, response) => {
    const hash = createHash("sha256");
    how = request.headers;
    for await (const piece of request) hash.update(piece);
    response.end(hash.digest("hex"));
  });
  await curl([...bearer(proxy), `${proxy.url}/api/v1/me`]);
  const before = proxy.peak();
  const length = chunked ? [] : ["-H", `Content-Length: ${200 * MB}`, "-H", "Transfer-Encoding:"];
  const got = await curl(["-T", "-", ...length, ...bearer(proxy), `${proxy.url}/upload`], sent.stream);
  expect(got).toMatchObject({ exit: 0, status: 200, text: sent.digest() });
  expect(got.heads).toMatch(/^HTTP\/1\.1 100 Continue/);
  expect(how["content-length"]).toBe(chunked ? undefined : String(200 * MB));
  expect(how.expect).toBeUndefined();
  expect(proxy.peak() - before).toBeLessThan(120 * MB);
});

test("without the token, the client is refused before the upload starts", async () => {
  const { at, proxy } = await proxied();
  at.on("/upload", (_, response) => response.end("taken"));
  const got = await curl(["-T", "-", `${proxy.url}/upload`], pieces(8).stream);
  expect(got).toMatchObject({ exit: 0, status: 401 });
  expect(got.heads).not.toMatch(/100 Continue/);
  expect(at.seen).toEqual([]);
});

test("a slow response arrives chunk by chunk, its headers first", async () => {
  const { at, proxy } = await proxied();
  const steps = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  at.on("/events", async (_, response) => {
    response.writeHead(200, { "content-type": "text/event-stream" }).flushHeaders();
    await steps[0]?.promise;
    response.write("data: one\n\n");
    await steps[1]?.promise;
    response.end("data: two\n\n");
  });
  const answer = await fetch(`${proxy.url}/events`, { headers: proxy.bearer });
  expect(answer.headers.get("content-type")).toBe("text/event-stream");
  const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
  steps[0]?.resolve();
  expect((await reader.read()).value).toBe("data: one\n\n");
  steps[1]?.resolve();
  expect((await reader.read()).value).toBe("data: two\n\n");
});
