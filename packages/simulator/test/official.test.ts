import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { createSimulator } from "../src/index.ts";
import { type ServedSimulator, serveAll } from "../src/node.ts";
import { curl } from "./official/curl.ts";
import { differences } from "./official/differences.ts";

// The commands of the vendors' pages, with host, credentials and tokens filled in.

const simulator = createSimulator({ eagleeye: { brand: "login" } });
let served: ServedSimulator;
let directory: string;

beforeAll(async () => {
  served = await serveAll(simulator);
  directory = await mkdtemp(join(tmpdir(), "vms-simulator-"));
});
afterAll(async () => {
  await served.close();
  await rm(directory, { recursive: true });
});
beforeEach(() => {
  for (const server of simulator.all) server.reset();
});

/** Expects the same keys and types as in a page's sample. */
async function expectSample(name: string, answer: unknown): Promise<void> {
  const sample: unknown = JSON.parse(await readFile(join(import.meta.dirname, `official/${name}.json`), "utf8"));
  expect(differences(sample, answer)).toEqual([]);
}

const parse = (text: string): Record<string, unknown> => JSON.parse(text) as Record<string, unknown>;

describe("Alta's page", () => {
  const { username, password } = simulator.alta.account;
  const login = (url: string) => [
    ...["-H", "Content-Type: application/json"],
    ...["-d", `{"username":"${username}","password":"${password}"}`],
    `${url}/api/v1/dologin`,
  ];

  test("gets a cookie that is visible in the response", async () => {
    const { err } = await curl(["-v", ...login(served.alta.baseUrl)]);
    expect(err).toMatch(/^< HTTP\/1\.1 200 OK/m);
    expect(err).toMatch(/^< Set-Cookie: va=[\w-]+/im);
  });

  test("stores the cookie in cookies.txt, and uses it", async () => {
    const { err } = await curl(["-v", "-c", "cookies.txt", ...login(served.alta.baseUrl)], directory);
    expect(err).toMatch(/Added cookie va=/i);
    expect(await readFile(join(directory, "cookies.txt"), "utf8")).toMatch(/^#HttpOnly_127\.0\.0\.1\t.*\tva\t/m);
    const { out } = await curl(["-b", "cookies.txt", `${served.alta.baseUrl}/api/v1/alarmZones`], directory);
    expect(JSON.parse(out)).toEqual(expect.arrayContaining([expect.objectContaining({ name: "Reception" })]));
  });

  test("shows that requests without the cookie are rejected", async () => {
    const { out } = await curl(
      ["-o", "refused.txt", "-w", "%{http_code}", `${served.alta.baseUrl}/api/v1/alarmZones`],
      directory,
    );
    expect(out).toBe("401");
  });
});

describe("Eagle Eye's page", () => {
  const { username, password } = simulator.eagleeye.account;
  const authenticate = async () => {
    const url = `${served.eagleeye.baseUrl}/g/aaa/authenticate`;
    const { out } = await curl(["--request", "POST", url, "--data", `username=${username}&password=${password}`]);
    return parse(out);
  };
  const authorize = async (token: unknown) => {
    const url = `${served.eagleeye.baseUrl}/g/aaa/authorize`;
    const { out } = await curl(["-D", "-", "--request", "POST", url, "--data-urlencode", `token=${token}`]);
    const [head = "", body = ""] = out.split("\r\n\r\n");
    return { head, body };
  };

  test("authenticates with the token of its sample", async () => {
    await expectSample("eagleeye-authenticate", await authenticate());
  });

  test("authorizes with the user of its sample and the cookie", async () => {
    const { token } = await authenticate();
    const { head, body } = await authorize(token);
    expect(head).toMatch(/^HTTP\/1\.1 200 OK/);
    expect(head).toMatch(/^set-cookie: videobank_sessionid=\S+/im);
    await expectSample("eagleeye-authorize", parse(body));
  });

  test("shows that a token works once", async () => {
    const { token } = await authenticate();
    await authorize(token);
    expect((await authorize(token)).head).toMatch(/^HTTP\/1\.1 401 /);
  });

  test("shows that the cookie's value works as the A parameter of any method", async () => {
    const { head } = await authorize((await authenticate()).token);
    const [, id] = /videobank_sessionid=([^;]+)/.exec(head) ?? [];
    for (const method of ["GET", "PUT", "POST", "DELETE"]) {
      const { out } = await curl(["--request", method, `${served.eagleeye.baseUrl}/g/user?A=${id}`]);
      await expectSample("eagleeye-authorize", parse(out));
    }
    const { out } = await curl(["--data", `A=${id}`, `${served.eagleeye.baseUrl}/g/user`]);
    await expectSample("eagleeye-authorize", parse(out));
  });
});

describe("FindFace's page", () => {
  const { username, password } = simulator.findface.account;
  const login = (pair: string, ...more: string[]) =>
    curl([
      ...["-X", "POST", `${served.findface.baseUrl}/auth/login/`],
      ...["-H", "Accept: application/json"],
      ...["-H", "Content-Language: ru"],
      ...["-H", "Accept-Language: ru"],
      ...["-H", `Authorization: Basic ${Buffer.from(pair).toString("base64")}`],
      ...["-H", "Content-Type: application/json"],
      ...["-d", '{"uuid":"A"}'],
      ...more,
    ]);

  test("signs in with its sample's response", async () => {
    const { out } = await login(`${username}:${password}`);
    await expectSample("findface-login", parse(out));
    expect(parse(out).token_expiration_datetime).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  });

  test("sends the token in the header and ends it with a logout", async () => {
    const { token } = parse((await login(`${username}:${password}`)).out);
    const header = ["-H", `Authorization: Token ${token}`];
    const me = async () => (await curl([...header, `${served.findface.baseUrl}/users/me/`])).out;
    expect(parse(await me())).toMatchObject({ name: username });
    const logout = ["-X", "POST", ...header, "-w", "%{http_code}", `${served.findface.baseUrl}/auth/logout/`];
    expect((await curl(logout)).out).toBe("204");
    expect(parse(await me())).toMatchObject({ code: "UNAUTHORIZED" });
  });

  test("returns 401 without a valid token", async () => {
    expect((await login("x:y", "-w", "%{http_code}")).out).toMatch(/401$/);
  });
});

describe("AlertSite's page", () => {
  const { username, password } = simulator.alertsite.account;
  const login = async (secret: string) => {
    const { out } = await curl([
      ...["-X", "POST", `${served.alertsite.baseUrl}/login`],
      ...["-H", "Content-Type: application/json"],
      ...["-d", `{"login": "${username}", "password": "${secret}"}`],
    ]);
    return parse(out);
  };

  test("signs in with its sample's response", async () => {
    const answer = await login(password);
    await expectSample("alertsite-login", answer);
    expect(answer.metadata).toMatchObject({ login: username, status: "0", message: "No errors." });
  });

  test("is rejected with its sample's response", async () => {
    const answer = await login("wrong");
    await expectSample("alertsite-error", answer);
    expect(answer.metadata).toMatchObject({ login: username, status: "40" });
  });
});

describe("AiPix' page", () => {
  const { username, password } = simulator.adminToken.account;
  const login = async (data: object) => {
    const { out } = await curl([
      ...["-k", "--request", "POST"],
      ...["--url", `${served.adminToken.baseUrl}/api/admin/v1/auth/token`],
      ...["--header", "Content-Type: application/json"],
      ...["--header", "Accept: application/json"],
      ...["--data", JSON.stringify(data, null, 4)],
    ]);
    return parse(out);
  };

  test("signs in with its sample's response", async () => {
    const answer = await login({ login: username, password });
    await expectSample("admin-token-login", answer);
    expect(answer.expires_at).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
    expect(answer.token_type).toBe("Bearer");
  });

  test.for([{}, { login: "string", password: "string" }])(
    "is rejected for %j with its sample's response",
    async (data) => {
      const answer = await login(data);
      await expectSample("admin-token-error", answer);
      for (const reasons of Object.values(answer.errors as object)) expect(reasons).toEqual([expect.any(String)]);
    },
  );
});

test("without curl, the error says to install it", async () => {
  vi.stubEnv("PATH", directory);
  await expect(curl(["--version"])).rejects.toThrow("install curl");
  vi.unstubAllEnvs();
});

test("the comparison notices missing, additional and differently typed values", () => {
  const sample = { a: "x", b: [{ c: 1 }], d: null, e: {}, f: [], g: [["x"]] };
  expect(
    differences(sample, { a: "y", b: [{ c: 2 }, { c: 3 }], d: 5, e: { any: 1 }, f: [1], g: [["z", "r"]] }),
  ).toEqual([]);
  expect(differences(sample, { a: 1, b: [{ c: 1, extra: 1 }, 5], d: 1, e: 1, f: 1, h: 1 })).toEqual([
    "answer.g is missing",
    "answer.h is not in the sample",
    "answer.a is number, not string",
    "answer.b[0].extra is not in the sample",
    "answer.b[1] is no object",
    "answer.e is no object",
    "answer.f is no array",
  ]);
});
