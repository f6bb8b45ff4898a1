import { createAlertSiteServer, createAltaServer, createEagleEyeServer } from "@vms/simulator";
import { expect, test } from "vitest";
import { ownOptions } from "../../src/profiles/vendor-options.ts";
import { vendorNames, vendors } from "../../src/profiles/vendors.ts";
import { environment, home, vms } from "../support/run-vms.ts";
import { filesIn, profilesIn, served } from "../support/simulated-vendors.ts";

const USERNAME = "night@acme.example";
const PASSWORD = "quiet-harbour-31";
const account = { username: USERNAME, password: PASSWORD };
const TOTP = "JBSWY3DPEHPK3PXP";

test("--option saves vendor options in the profile, and removes one with an empty value", async () => {
  const url = await served(createAlertSiteServer({ account }));
  const dir = await home();
  const env = environment(dir, { VMS_ALERTSITE_PASSWORD: PASSWORD });
  const given = ["idleTimeout=5m", "transport=query", "expiredSessionCodes=40,41", 'sessionEndedOn={"status":[403]}'];
  const options = given.flatMap((one) => ["--option", one]);
  expect((await vms(["login", "alertsite", "--url", url, "-u", USERNAME, ...options], env)).exit).toBe(0);
  const kept = {
    idleTimeout: 300_000,
    transport: "query",
    expiredSessionCodes: ["40", "41"],
    sessionEndedOn: { status: [403] },
  };
  expect((await profilesIn(dir)).alertsite).toMatchObject({ options: kept });
  expect((await vms(["login", "alertsite", "--option", "transport="], env)).exit).toBe(0);
  const { transport: _, ...rest } = kept;
  expect((await profilesIn(dir)).alertsite?.options).toEqual(rest);
});

test.each([
  ["alta", "no pair", "realm", "key=value"],
  ["alta", "an unknown name", "realm=x", 'Avigilon Alta Video has no option "realm".\nUse one of "idleTimeout", '],
  ["alta", "a misspelled name", "totpPlacment=login", 'Did you mean "totpPlacement"?'],
  ["alta", "a value that the package refuses", "totpPlacement=hand", '"totp" or "login"'],
  ["alta", "no length of time", "idleTimeout=soon", "15m"],
  ["findface", "no flag", "mobile=yes", "For example: --option mobile=true"],
  ["findface", "no JSON", "deviceInfo=desk", `For example: --option deviceInfo='{"name":"Control room"}'`],
  ["findface", "a value that only a program can give", "videoAuthToken=x", "Only a program can set it."],
  ["eagleeye", "the account", "account=00004206", "Use --account <id>."],
  ["alta", "the account of a vendor without accounts", "account=00004206", 'has no option "account"'],
  ["alta", "the URL", "baseUrl=https://acme.example", "Use --url."],
  ["alta", "permission for http", "allowInsecureHttp=true", "Use --allow-http."],
])("--option of %s refuses %s and says what to do", async (vendor, _, option, said) => {
  const dir = await home();
  const env = environment(dir);
  const url = ["--url", "https://acme.invalid", "-u", USERNAME];
  const run = await vms(["login", vendor, ...url, "--option", option, "--password-stdin"], env, PASSWORD);
  expect(run).toMatchObject({ exit: 2, stderr: expect.stringContaining(said) });
  expect(await filesIn(dir)).toEqual([]);
});

test("--option says that an API key is a variable and not an option, without showing it", async () => {
  const run = await vms(["login", "eagleeye", "--option", "apiKey=secret-key-8"], environment(await home()));
  expect(run).toMatchObject({ exit: 2, stderr: expect.stringContaining("set VMS_EAGLEEYE_API_KEY.") });
  expect(run.stderr).not.toContain("secret-key-8");
});

test("a login uses the API key in the environment", async () => {
  const server = createEagleEyeServer({ account, apiKey: "made-up-key" });
  const url = await served(server);
  const env = environment(await home(), { VMS_EAGLEEYE_API_KEY: "made-up-key", VMS_EAGLEEYE_PASSWORD: PASSWORD });
  expect((await vms(["login", "eagleeye", "--url", url, "-u", USERNAME], env)).exit).toBe(0);
  expect(server.logins).toBe(1);
});

test("a profile whose login needs a code can use its session without one, but cannot sign in", async () => {
  const server = createAltaServer({ account: { ...account, totpSecret: TOTP } });
  const url = await served(server);
  const env = environment(await home(), { VMS_ALTA_PASSWORD: PASSWORD });
  const login = ["login", "alta", "--url", url, "-u", USERNAME, "--option", "totpPlacement=login"];
  const refused = await vms(login, env);
  expect(refused).toMatchObject({ exit: 3, stderr: expect.stringContaining("VMS_ALTA_TOTP") });
  expect(server.loginAttempts).toBe(0);
  expect((await vms(login, { ...env, VMS_ALTA_TOTP: TOTP })).exit).toBe(0);
  expect((await vms(["api", "alta", server.firstCall], env)).exit).toBe(0);
  server.revokeAll();
  const call = await vms(["api", "alta", server.firstCall], env);
  expect(call).toMatchObject({ exit: 3, stderr: expect.stringContaining("Sign in at a terminal: vms login alta") });
  expect(server.loginAttempts).toBe(1);
});

test("the help has an example of each option that a profile can keep, and of no other option", async () => {
  const { stdout } = await vms(["help", "login"], environment(await home()));
  const shown = [...stdout.matchAll(/ (\w+)=/g)].map(([, name]) => name);
  for (const vendor of vendorNames) expect(shown).toEqual(expect.arrayContaining(Object.keys(ownOptions(vendor))));
  for (const name of ["apiKey", "videoAuthToken", "account"]) expect(shown).not.toContain(name);
});

test("each vendor has the name of its description, and variables that begin with it", () => {
  for (const name of vendorNames) expect(vendors[name].vendor).toBe(name);
  expect(vendors["admin-token"].prefix).toBe("VMS_ADMIN_TOKEN");
});
