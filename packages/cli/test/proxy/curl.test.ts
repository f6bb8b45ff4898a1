import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { expect, test } from "vitest";
import { home } from "../support/run-vms.ts";
import { cookieOf } from "./cookie.ts";
import { curl } from "./curl.ts";
import { type ProxyProcess, proxyProcess, type RunningProxy, running } from "./running.ts";
import { type Vendor, vendor } from "./vendor.ts";

const MB = 2 ** 20;

async function proxied(options?: Parameters<typeof vendor>[0]): Promise<{ at: Vendor; proxy: RunningProxy }> {
  const at = await vendor(options);
  const { username, password } = at.simulator.account;
  return { at, proxy: await running({ vendor: "alta", username, url: at.baseUrl }, password) };
}

/** The same with a proxy in its own process, whose memory can be measured. */
async function proxiedByProcess(): Promise<{ at: Vendor; proxy: ProxyProcess }> {
  const at = await vendor();
  const { username, password } = at.simulator.account;
  return { at, proxy: await proxyProcess({ vendor: "alta", username, url: at.baseUrl }, password) };
}

const bearer = ({ token }: RunningProxy) => ["-H", `Authorization: Bearer ${token}`];

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

test("the first call signs in, and curl gets the vendor's response without cookies", async () => {
  const { at, proxy } = await proxiedByProcess();
  const got = await curl([...bearer(proxy), `${proxy.url}/api/v1/alarmZones`]);
  expect(got).toMatchObject({ exit: 0, status: 200 });
  expect(JSON.parse(got.text)).toHaveLength(3);
  expect(got.heads).not.toMatch(/set-cookie/i);
  expect(at.simulator.logins).toBe(1);
  expect(await proxy.stop()).toBe(130);
});

test("accepts the token as Bearer, as a password, and as a cookie", async () => {
  const { proxy } = await proxied();
  const url = `${proxy.url}/api/v1/me`;
  for (const shown of [
    bearer(proxy),
    ["-u", `vms:${proxy.token}`],
    ["-u", `:${proxy.token}`],
    ["-b", `other=1; ${await cookieOf(proxy)}`, "-H", "Sec-Fetch-Site: none"],
  ]) {
    expect(await curl([...shown, url])).toMatchObject({ status: 200 });
  }
  // The form of URL that VLC uses.
  expect(await curl([url.replace("//", `//vms:${proxy.token}@`)])).toMatchObject({ status: 200 });
});

test("the client's credentials and identity are not passed on; all other headers are", async () => {
  const { at, proxy } = await proxied();
  at.on("/echo", (request, response) => response.end(JSON.stringify(request.headers)));
  const said = ["-H", "X-Own: 1", "-H", "Accept: text/x-own", "-H", "Proxy-Authorization: Basic eDp5"];
  const hop = ["-H", "Connection: X-Hop, close", "-H", "X-Hop: 1", "-H", "TE: trailers", "-b", "lang=de"];
  const got = await curl([...bearer(proxy), ...said, ...hop, `${proxy.url}/echo?a=1&b=%2F`]);
  const headers = JSON.parse(got.text);
  expect(headers).toMatchObject({ "x-own": "1", accept: "text/x-own", host: new URL(at.baseUrl).host });
  expect(headers.cookie).toMatch(/^va=[^;]+$/);
  expect(headers["user-agent"]).toBe("vms-cli-alta");
  for (const name of ["authorization", "proxy-authorization", "x-hop", "te", "via", "origin", "referer"]) {
    expect(headers).not.toHaveProperty(name);
  }
  expect(at.seen[0]?.url).toBe("/echo?a=1&b=%2F");
});

test("the vendor sees a browser's user agent", async () => {
  const { at, proxy } = await proxied({ rejectDefaultUserAgents: true });
  at.on("/echo", (request, response) => response.end(request.headers["user-agent"]));
  expect(await curl([...bearer(proxy), `${proxy.url}/api/v1/me`])).toMatchObject({ status: 200 });
  const got = await curl([...bearer(proxy), "-A", "Mozilla/5.0 (made up)", `${proxy.url}/echo`]);
  expect(got.text).toBe("Mozilla/5.0 (made up)");
});

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

test("ranges, HEAD, OPTIONS and other methods pass unchanged", async () => {
  const { at, proxy } = await proxied();
  at.on("/file", (request, response) => {
    const range = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? "");
    response.setHeader("accept-ranges", "bytes").setHeader("x-method", request.method ?? "");
    if (range === null) return response.setHeader("content-length", 1000).end("x".repeat(1000));
    const [from, to] = [Number(range[1]), Number(range[2])];
    response.writeHead(206, { "content-range": `bytes ${from}-${to}/1000`, "content-length": to - from + 1 });
    return response.end("y".repeat(to - from + 1));
  });
  const part = await curl([...bearer(proxy), "-r", "10-19", `${proxy.url}/file`]);
  expect(part).toMatchObject({ status: 206, text: "y".repeat(10) });
  expect(part.heads).toMatch(/content-range: bytes 10-19\/1000/i);
  const head = await curl([...bearer(proxy), "--head", `${proxy.url}/file`]);
  expect(head).toMatchObject({ exit: 0, status: 200 });
  expect(head.heads).toMatch(/content-length: 1000/i);
  for (const method of ["OPTIONS", "PROPFIND", "DELETE", "PATCH", "SEARCH"]) {
    const got = await curl([...bearer(proxy), "-X", method, `${proxy.url}/file`]);
    expect(got.heads).toMatch(new RegExp(`x-method: ${method}`, "i"));
  }
});

test("redirects below the base URL lead to the proxy, and others lead to their target", async () => {
  const { at, proxy } = await proxied();
  let location = "";
  at.on("/moved", (_, response) =>
    response.writeHead(302, { location, link: `<${at.baseUrl}/page/2>; rel="next"` }).end(),
  );
  at.on("/arrived", (_, response) => response.end("here"));
  const told = async (to: string) => {
    location = to;
    const { heads } = await curl([...bearer(proxy), `${proxy.url}/moved`]);
    expect(heads).toContain(`<${proxy.url}/page/2>; rel="next"`);
    return /^location: (.*?)\r?$/im.exec(heads)?.[1];
  };
  expect(await told(`${at.baseUrl}/arrived?x=1#y`)).toBe(`${proxy.url}/arrived?x=1#y`);
  expect(await told("/arrived")).toBe(`${proxy.url}/arrived`);
  expect(await told("arrived")).toBe(`${proxy.url}/arrived`);
  expect(await told("https://elsewhere.example/a?b")).toBe("https://elsewhere.example/a?b");
  expect(await told("//elsewhere.example/a")).toBe("http://elsewhere.example/a");
  // A path that looks like another host must not become one.
  expect(await told(`${at.baseUrl}//elsewhere.example/a`)).toBe(`${proxy.url}//elsewhere.example/a`);
  location = `${at.baseUrl}/arrived`;
  expect(await curl([...bearer(proxy), "-L", `${proxy.url}/moved`])).toMatchObject({ status: 200, text: "here" });
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

test("an upload of up to 1 MiB is sent again after a new login; a longer one gets the 401, and the next request signs in", async () => {
  const { at, proxy } = await proxied();
  at.on("/upload", async (request, response) => {
    let bytes = 0;
    for await (const piece of request) bytes += (piece as Buffer).length;
    response.end(String(bytes));
  });
  const path = await home();
  const [small, long] = [join(path, "small"), join(path, "long")];
  await writeFile(small, "s".repeat(200_000));
  await writeFile(long, "l".repeat(2_000_000));
  const put = (file: string) => curl([...bearer(proxy), "-T", file, `${proxy.url}/upload`]);
  expect(await put(small)).toMatchObject({ status: 200, text: "200000" });
  at.simulator.revokeAll();
  expect(await put(small)).toMatchObject({ status: 200, text: "200000" });
  expect(at.simulator.logins).toBe(2);
  at.simulator.revokeAll();
  const refused = await put(long);
  expect(refused).toMatchObject({ status: 401, text: '{"error":"no session"}' });
  expect(refused.heads).not.toMatch(/vms-proxy-error/i);
  expect(at.simulator.logins).toBe(2);
  expect(await put(long)).toMatchObject({ status: 200, text: "2000000" });
  expect(at.simulator.logins).toBe(3);
});
