import { createServer, type RequestListener } from "node:http";
import { type AddressInfo, createServer as createTcpServer, type Server } from "node:net";
import { createSimulator, type Simulator } from "@vms/simulator";
import { describe, expect, it, onTestFinished, test } from "vitest";
import { openTerminal } from "../src/command-line/terminal.ts";
import { checkVendor } from "../src/login/check-vendor.ts";
import { type VendorName, vendorNames, vendors } from "../src/profiles/vendors.ts";
import { front } from "./support/profile-fixture.ts";
import { hasTerminals, vmsInTerminal } from "./support/run-in-terminal.ts";
import { environment, home, vms } from "./support/run-vms.ts";
import { profilesIn, served } from "./support/simulated-vendors.ts";
import { testSystem } from "./support/test-system.ts";

/** The warning about the server at a URL, if the person answers no. `""` if there is none. */
async function said(vendor: VendorName, url: string): Promise<string> {
  const test = testSystem([], environment("/nonexistent"));
  const terminal = openTerminal(test.system);
  test.stdin.end("n\n");
  const { signal } = new AbortController();
  const profile = { vendor, username: "anna", url };
  await checkVendor(profile, terminal, signal).catch((error) => {
    if (error.exit === 5) throw error;
  });
  const [line = ""] = test.stderr.text().split("\n");
  return line.replace(/^The server at \S+ does not look like .+?: /, "");
}

/** The URL of another vendor's server, with the base path that the expected vendor has. */
async function serve(made: Simulator, name: VendorName): Promise<string> {
  return served(made[vendors[name].key]);
}

/** The servers that cannot be distinguished, because the body of their 401 is not documented. */
const ALIKE: readonly (readonly [expected: string, actual: string])[] = [
  ["findface", "alta"],
  ["eagleeye", "alta"],
  ["admin-token", "alta"],
];

describe.each(vendorNames)("a login to %s", (expected) => {
  it.each(vendorNames)("says whether the server of %s is another product", async (actual) => {
    const text = await said(expected, await serve(createSimulator(), actual));
    const isSame = actual === expected || ALIKE.some(([one, other]) => one === expected && other === actual);
    if (isSame) expect(text).toBe("");
    else expect(text).toMatch(/^GET \/\S+ answered \d{3}( as .+ does|, but not as documented)?\.$/);
  });

  it("accepts the vendor behind a reverse proxy", async () => {
    const url = await front({})(await serve(createSimulator(), expected));
    const { pathname } = new URL(createSimulator()[vendors[expected].key].baseUrl);
    expect(await said(expected, new URL(pathname, url).href)).toBe("");
  });
});

async function answering(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  return urlOf(server);
}

async function urlOf(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test.each<[string, number, Readonly<Record<string, string>>, string]>([
  ["a redirect", 302, { location: "/sign-in" }, ""],
  ["an error of the server", 503, { "content-type": "text/html" }, "<h1>Maintenance</h1>"],
  ["a page of a sign-on in front", 401, { "content-type": "text/html" }, "<h1>Sign in</h1>"],
  ["another status", 403, { "content-type": "application/json" }, "{}"],
  ["an empty body", 200, {}, ""],
  ["too many requests", 429, {}, ""],
])("%s is doubtful, and nothing is said", async (_, status, headers, body) => {
  const url = await answering((_request, response) => void response.writeHead(status, headers).end(body));
  for (const name of vendorNames) expect(await said(name, url)).toBe("");
});

test("a web page is not an API, and no more of it is read than needed", async () => {
  const url = await answering((_request, response) => {
    response.writeHead(200, { "content-type": "text/html; charset=utf-8" });
    const more = () => {
      while (response.write("<p>made up</p>".repeat(1_000)));
    };
    response.on("drain", more);
    more();
  });
  for (const name of vendorNames) expect(await said(name, url)).toMatch(/answered 200 with a web page\.$/);
});

test("a server that does not speak HTTP is reported, and a missing server is an error without a question", async () => {
  const odd = await urlOf(createTcpServer((socket) => void socket.end("220 mail.example ESMTP\r\n")));
  expect(await said("alta", odd)).toBe("its response is not HTTP.");
  const gone = createTcpServer();
  const url = await urlOf(gone);
  await new Promise((resolve) => gone.close(resolve));
  await expect(said("alta", url)).rejects.toMatchObject({
    exit: 5,
    message: `nothing listens at ${new URL(url).host} (ECONNREFUSED).`,
    hint: "Check the URL: --url <url>",
  });
});

test("the request contains no credentials and no cookies", async () => {
  const { alta } = createSimulator();
  await said("alta", await served(alta));
  expect(alta.requests).toHaveLength(1);
  const [request] = alta.requests;
  expect(request).toMatchObject({ method: "GET", body: "" });
  for (const name of ["authorization", "cookie"]) expect(request?.headers.has(name)).toBe(false);
});

describe.runIf(hasTerminals)("vms login at a terminal", () => {
  it("warns before the password prompt, and sends no password", async () => {
    const { findface } = createSimulator();
    const dir = await home();
    const args = ["login", "alta", "--url", await served(findface), "-u", "anna"];
    const terminal = vmsInTerminal(args, environment(dir));
    await terminal.shows("does not look like Avigilon Alta Video: GET /api/v1/alarmZones answered 401 as NtechLab");
    await terminal.shows("Continue? (y/N)");
    terminal.enter();
    expect(await terminal.ended()).toBe(2);
    expect(terminal.text()).not.toContain("Password of");
    expect(findface.loginAttempts).toBe(0);
    expect(await profilesIn(dir)).toEqual({});
    const again = vmsInTerminal(args, environment(dir));
    await again.shows("(y/N)");
    again.enter("y");
    await again.shows("Password of anna");
  });
});

it("vms login without a terminal sends no such request", async () => {
  const { alta } = createSimulator();
  const { username, password } = alta.account;
  const args = ["login", "alta", "--url", await served(alta), "-u", username, "--password-stdin"];
  expect((await vms(args, environment(await home()), password)).exit).toBe(0);
  expect(alta.requests.map(({ method }) => method)).not.toContain("HEAD");
  expect(alta.requests[0]).toMatchObject({ method: "POST" });
});
