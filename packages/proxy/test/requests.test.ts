import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { cookieOf } from "./support/cookie.ts";
import { curl } from "./support/curl.ts";
import { directory } from "./support/directory.ts";
import { proxied } from "./support/running.ts";

const bearer = ({ token }: { readonly token: string }) => ["-H", `Authorization: Bearer ${token}`];

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

test("the client's credentials and identity are not passed on, and all other headers are", async () => {
  const { at, proxy } = await proxied();
  at.on("/echo", (request, response) => response.end(JSON.stringify(request.headers)));
  const said = ["-H", "X-Own: 1", "-H", "Accept: text/x-own", "-H", "Proxy-Authorization: Basic eDp5"];
  const hop = ["-H", "Connection: X-Hop, close", "-H", "X-Hop: 1", "-H", "TE: trailers", "-b", "lang=de"];
  const got = await curl([...bearer(proxy), ...said, ...hop, `${proxy.url}/echo?a=1&b=%2F`]);
  const headers = JSON.parse(got.text);
  expect(headers).toMatchObject({ "x-own": "1", accept: "text/x-own", host: new URL(at.baseUrl).host });
  expect(headers.cookie).toMatch(/^va=[^;]+$/);
  expect(headers["user-agent"]).toBe("vms-alta");
  for (const name of ["authorization", "proxy-authorization", "x-hop", "te", "via", "origin", "referer"]) {
    expect(headers).not.toHaveProperty(name);
  }
  expect(at.seen[0]?.url).toBe("/echo?a=1&b=%2F");
});

test("the vendor sees a browser's user agent", async () => {
  const { at, proxy } = await proxied({}, { alta: { rejectDefaultUserAgents: true } });
  at.on("/echo", (request, response) => response.end(request.headers["user-agent"]));
  expect(await curl([...bearer(proxy), `${proxy.url}/api/v1/me`])).toMatchObject({ status: 200 });
  const got = await curl([...bearer(proxy), "-A", "Mozilla/5.0 (made up)", `${proxy.url}/echo`]);
  expect(got.text).toBe("Mozilla/5.0 (made up)");
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

test("an upload of up to 1 MiB is sent again after a new login, and a longer one receives the 401", async () => {
  const { at, proxy } = await proxied();
  at.on("/upload", async (request, response) => {
    let bytes = 0;
    for await (const piece of request) bytes += (piece as Buffer).length;
    response.end(String(bytes));
  });
  const path = await directory();
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
