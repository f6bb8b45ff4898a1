import { expect, test } from "vitest";
import { createProxy, type ProxyOptions } from "../src/index.ts";
import { listening, rawCall, servedVendor, sessionAt } from "./feature-support.ts";

const TOKEN = "made-up-token-of-32-characters-or-more";

test("a wrong option is reported with its name and what to do", async () => {
  const session = sessionAt(await servedVendor());
  const bad: [unknown, RegExp][] = [
    [undefined, /options must be an object/],
    [{}, /`session` or `sessions` is missing/],
    [{ session, sessions: { acme: session } }, /either `session` or `sessions`, not both/],
    [{ sessions: {} }, /`sessions` is empty/],
    [{ sessions: { "": session } }, /`sessions`: "" cannot be a part of a path/],
    [{ sessions: { "..": session } }, /`sessions`: "\.\." cannot/],
    [{ sessions: { "\ud800": session } }, /`sessions`: "\\ud800" cannot/],
    [{ sessions: { ready: session } }, /\/ready is the proxy's own/],
    [{ sessions: { metrics: session } }, /\/metrics is the proxy's own/],
    [{ session: {} }, /`session` is not a session/],
    [{ session: null }, /`session` is not a session/],
    [{ sessions: { acme: { session: { ...session } } } }, /`sessions\.acme` is not a session/],
    [{ session, tokens: "x" }, /Did you mean `token`/],
    [{ session, token: "" }, /`token` has 0 characters/],
    [{ session, token: "short" }, /`token` has 5 characters\. Use 32/],
    [{ session, token: `${TOKEN}\n` }, /`token` contains characters that a header cannot carry/],
    [{ session, token: `${TOKEN} ü` }, /`token` contains/],
    [{ session, token: true }, /`token` must be a text/],
    [{ session, hosts: "proxy" }, /`hosts` must be a list/],
    [{ session, hosts: ["proxy:8080"] }, /`hosts`: "proxy:8080" is no host name/],
    [{ session, hosts: ["*.example"] }, /`hosts`: "\*\.example" is no host name/],
    [{ session, endpoints: "no" }, /`endpoints` must be true or false/],
    [{ session, accessLog: console }, /`accessLog` must be a function/],
    [{ session, token: false, authorizationEndpoint: true }, /`authorizationEndpoint` needs a token/],
  ];
  for (const [options, message] of bad) {
    const create = () => createProxy(options as ProxyOptions);
    expect(create).toThrow(message);
    expect(create).toThrow(expect.objectContaining({ code: "invalid_options" }));
    if (typeof options === "object") expect(create).not.toThrow(/made-up-token/);
  }
});

test("`token` is the token", async () => {
  const { proxy, call } = await listening({ session: sessionAt(await servedVendor()), token: TOKEN });
  expect(proxy.token).toBe(TOKEN);
  expect((await call("/api/v1/me")).status).toBe(200);
});

test("besides the names of this machine, only names in `hosts` are accepted, with any port", async () => {
  const { port, bearer } = await listening({ session: sessionAt(await servedVendor()), hosts: ["VMS-proxy"] });
  const statusAt = async (host: string) => (await rawCall(port, "/api/v1/me", { ...bearer, host })).status;
  for (const host of ["vms-proxy", `vms-proxy:${port}`, "Vms-Proxy:80", `127.0.0.1:${port}`]) {
    expect([host, await statusAt(host)]).toEqual([host, 200]);
  }
  for (const host of ["vms-proxy.evil.example", "evil.example", "vms-proxy:x", "127.0.0.1", "vms-proxy@evil.example"]) {
    expect([host, await statusAt(host)]).toEqual([host, 403]);
  }
});
