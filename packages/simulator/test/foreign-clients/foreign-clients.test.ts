import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Account, createClock, createSimulator } from "../../src/index.ts";
import { type ServedSimulator, serveAll } from "../../src/node.ts";
import { signIn } from "../findface.ts";
import { isInstalled, runProgram } from "./run-program.ts";

// Programs in other languages, written like the vendors' samples and like independent clients.

const simulator = createSimulator({
  clock: createClock(Date.UTC(2030, 0, 1)),
  eagleeye: { apiKey: "made-up-key" },
});
const keyless = createSimulator();
let served: ServedSimulator;
let servedKeyless: ServedSimulator;

beforeAll(async () => {
  served = await serveAll(simulator);
  servedKeyless = await serveAll(keyless);
});
afterAll(() => Promise.all([served.close(), servedKeyless.close()]));
beforeEach(() => {
  for (const server of [...simulator.all, ...keyless.all]) server.reset();
});

const wrong = (account: Account): Account => ({ ...account, password: "not-the-password" });

/** Skips programs whose command is not installed, and says so in the title. */
function needing(command: string, args: string[], tests: () => void): void {
  const exists = isInstalled(command, ...args);
  describe.skipIf(!exists)(exists ? `with ${command}` : `with ${command}, which is not installed`, tests);
}

needing("python3", ["--version"], () => {
  test("an Eagle Eye client sends multipart and reads auth_key and the later positions of a camera", async () => {
    const { account } = simulator.eagleeye;
    const run = (who: Account) =>
      runProgram("eagleeye_cameras.py", served.eagleeye.baseUrl, who, { API_KEY: "made-up-key" });
    expect(await run(account)).toEqual({
      status: 0,
      printed: {
        user: account.username,
        cameras: [
          { esn: "100be3f2", name: "Gate camera", address: "192.0.2.11", shared: 0, owner: "Acme Logistics" },
          { esn: "100c9d05", name: "Ramp camera", address: "192.0.2.12", shared: 0, owner: "Acme Logistics" },
        ],
        guid: "9a6de1c0-33b5-4d7f-8b52-70c4e5f6a7b8",
        users: 1,
      },
    });
    expect(await run(wrong(account))).toEqual({ status: 1, printed: { refused: 401 } });
    expect(await runProgram("eagleeye_cameras.py", served.eagleeye.baseUrl, account)).toEqual({
      status: 1,
      printed: { refused: 403 },
    });
  });

  test("a FindFace client follows page URLs, and ends offline sessions but not its own", async () => {
    const { findface } = simulator;
    for (const uuid of ["a", "b", "c"]) await signIn(findface, uuid);
    findface.clock.advance(600_000);
    await signIn(findface, "busy");
    expect(await runProgram("findface_end_offline.py", served.findface.baseUrl, findface.account)).toEqual({
      status: 0,
      printed: { same: true, ended: 3, first: "a", left: ["busy", "foreign-client"], me: findface.account.username },
    });
    expect(findface.sessions).toBe(1);
  });

  test("a FindFace client reads the error of a wrong password", async () => {
    const { account } = simulator.findface;
    expect(await runProgram("findface_end_offline.py", served.findface.baseUrl, wrong(account))).toEqual({
      status: 1,
      printed: { refused: 401, code: "UNAUTHORIZED" },
    });
  });

  test("an AlertSite client filters monitors and reads their locations, and the error of a wrong password", async () => {
    const { account } = simulator.alertsite;
    expect(await runProgram("alertsite_monitors.py", served.alertsite.baseUrl, account)).toEqual({
      status: 0,
      printed: {
        places: { "Front page": ["Lisbon, PT", "Oslo, NO"], "Orders API": ["Denver, CO"] },
        one: 1,
        unknown: "65",
      },
    });
    expect(await runProgram("alertsite_monitors.py", served.alertsite.baseUrl, wrong(account))).toEqual({
      status: 1,
      printed: { refused: "40", message: "Invalid login information." },
    });
  });

  test("an Alta client sends JSON without a content type, an empty code and the first cookie", async () => {
    const { account } = simulator.alta;
    expect(await runProgram("alta_devices.py", served.alta.baseUrl, account)).toEqual({
      status: 0,
      printed: { devices: 4, signed_out: 200, after: 401 },
    });
    expect(await runProgram("alta_devices.py", served.alta.baseUrl, wrong(account))).toEqual({
      status: 1,
      printed: { refused: 401 },
    });
  });
});

needing("curl", ["--version"], () => {
  test("an Eagle Eye script sends multipart and keeps the cookies in a file", async () => {
    const { account } = keyless.eagleeye;
    const { baseUrl } = servedKeyless.eagleeye;
    const { status, printed } = await runProgram("eagleeye_devices.sh", baseUrl, account);
    expect([status, (printed as unknown[][]).map(([, id]) => id)]).toEqual([0, ["1004a7c1"]]);
    expect(await runProgram("eagleeye_devices.sh", baseUrl, wrong(account))).toEqual({
      status: 1,
      printed: { refused: 401 },
    });
  });

  test("an Alta script posts JSON with the type of a form", async () => {
    const { account } = simulator.alta;
    const { status, printed } = await runProgram("alta_zones.sh", served.alta.baseUrl, account);
    expect([status, printed]).toEqual([0, expect.arrayContaining([expect.objectContaining({ name: "Reception" })])]);
    expect(await runProgram("alta_zones.sh", served.alta.baseUrl, wrong(account))).toEqual({
      status: 1,
      printed: { refused: 401 },
    });
  });

  test("an AiPix script lists administrators, and reads the error of a wrong password", async () => {
    const { account } = simulator.adminToken;
    const { baseUrl } = served.adminToken;
    const { status, printed } = await runProgram("admin_token_admins.sh", baseUrl, account);
    expect([status, printed]).toEqual([0, expect.objectContaining({ data: expect.any(Array) })]);
    expect(await runProgram("admin_token_admins.sh", baseUrl, wrong(account))).toEqual({
      status: 1,
      printed: { message: expect.any(String), errors: { login: [expect.any(String)] } },
    });
  });
});

needing("php", ["-r", "exit(function_exists('curl_init') ? 0 : 1);"], () => {
  test("an Eagle Eye client sends arrays as multipart and reads auth_key from the headers", async () => {
    const { account } = keyless.eagleeye;
    const { baseUrl } = servedKeyless.eagleeye;
    expect(await runProgram("eagleeye_cameras.php", baseUrl, account)).toEqual({
      status: 0,
      printed: {
        user: account.username,
        cameras: [
          { esn: "100be3f2", shared: 0 },
          { esn: "100c9d05", shared: 0 },
        ],
      },
    });
    expect(await runProgram("eagleeye_cameras.php", baseUrl, wrong(account))).toEqual({
      status: 1,
      printed: { refused: 401 },
    });
  });

  test("an AiPix client signs in with a stream context, and reads the error of a wrong password", async () => {
    const { account } = simulator.adminToken;
    const { baseUrl } = served.adminToken;
    expect(await runProgram("admin_token_user.php", baseUrl, account)).toEqual({
      status: 0,
      printed: { login: account.username, type: "Bearer" },
    });
    expect(await runProgram("admin_token_user.php", baseUrl, wrong(account))).toEqual({
      status: 1,
      printed: { message: expect.any(String), errors: { login: [expect.any(String)] } },
    });
  });
});
