import { createAltaServer, createEagleEyeServer, type EagleEyeOptions } from "@vms/simulator";
import { describe, expect, test } from "vitest";
import { writeProfiles } from "../support/profile-fixture.ts";
import { DOWN, hasTerminals, type TestTerminal, vmsInTerminal } from "../support/run-in-terminal.ts";
import { environment, home, vms } from "../support/run-vms.ts";
import { leftoversIn, profilesIn, served } from "../support/simulated-vendors.ts";

const USERNAME = "night@acme.example";
const PASSWORD = "quiet-harbour-31";
const SECRET = "JBSWY3DPEHPK3PXP";

async function eagleEye(secondFactor: { sms?: string; email?: string }, options: EagleEyeOptions = {}) {
  const server = createEagleEyeServer({
    account: { username: USERNAME, password: PASSWORD, secondFactor },
    ...options,
  });
  const dir = await home();
  const url = await served(server);
  const env = environment(dir, { VMS_EAGLEEYE_URL: url, VMS_EAGLEEYE_PASSWORD: PASSWORD });
  const terminal = vmsInTerminal(["login", "eagleeye", "-u", USERNAME], env);
  const lastCode = () => server.inbox.at(-1)?.code ?? "";
  return { server, dir, env, terminal, lastCode };
}

/** Another code of the same length. */
const wrong = (code: string) => String((Number(code) + 1) % 10 ** code.length).padStart(code.length, "0");

async function expectSignedIn(terminal: TestTerminal, vendor: string) {
  await terminal.shows(`Signed in to ${vendor} as ${USERNAME}`);
  expect(await terminal.ended()).toBe(0);
}

describe.runIf(hasTerminals)("a code by SMS or e-mail", () => {
  test("shows the masked recipient, and accepts the code", async () => {
    const { terminal, lastCode, server } = await eagleEye({ sms: "+351 900 000 779" });
    await terminal.shows("A code was sent by SMS to *** *** 779.");
    await terminal.shows("Code");
    terminal.enter(lastCode());
    await expectSignedIn(terminal, "Eagle Eye Networks");
    expect(server.logins).toBe(1);
    expect(terminal.raw()).not.toContain(PASSWORD);
  });

  test("says that a code was wrong, and asks for the next one that was sent", async () => {
    const { terminal, lastCode, server } = await eagleEye({ sms: "+351 900 000 779" });
    await terminal.shows("Code");
    const first = lastCode();
    terminal.enter(wrong(first));
    await terminal.shows("Wrong code. 2 tries left.");
    await terminal.shows("A code was sent by SMS");
    await terminal.shows("Code");
    expect(server.inbox).toHaveLength(2);
    terminal.enter(lastCode());
    await expectSignedIn(terminal, "Eagle Eye Networks");
  });

  test("says that a code came too late", async () => {
    const { terminal, lastCode, server } = await eagleEye({ sms: "+351 900 000 779" }, { tokenLifetime: 60_000 });
    await terminal.shows("Code");
    server.clock.advance(120_000);
    terminal.enter(lastCode());
    await terminal.shows("That code came too late.");
    await terminal.shows("Code");
    terminal.enter(lastCode());
    await expectSignedIn(terminal, "Eagle Eye Networks");
  });

  test("sends a new code by the chosen method", async () => {
    const { terminal, lastCode, server } = await eagleEye({ sms: "+351 900 000 779", email: "night@acme.example" });
    await terminal.shows("A code was sent by SMS");
    await terminal.shows("press Enter for a new one");
    terminal.enter();
    await terminal.shows("Send a new code");
    await terminal.shows("by e-mail to ****@acme.example");
    terminal.enter(DOWN);
    await terminal.shows("A code was sent by e-mail to ****@acme.example.");
    await terminal.shows("Code");
    expect(server.inbox.map(({ type }) => type)).toEqual(["sms", "email"]);
    terminal.enter(lastCode());
    await expectSignedIn(terminal, "Eagle Eye Networks");
  });

  test("reports a code that cannot be sent, and lets the user choose another method", async () => {
    const ways = { sms: "+351 900 000 779", email: "night@acme.example" };
    const { terminal, lastCode } = await eagleEye(ways, { cannotSend: { sms: 412 } });
    await terminal.shows("A code was sent by e-mail");
    await terminal.shows("Code");
    terminal.enter();
    await terminal.shows("Send a new code");
    terminal.enter();
    await terminal.shows("cannot send this user a code by sms");
    await terminal.shows("Send a new code");
    terminal.enter(DOWN);
    await terminal.shows("A code was sent by e-mail");
    await terminal.shows("Code");
    terminal.enter(lastCode());
    await expectSignedIn(terminal, "Eagle Eye Networks");
  });

  test("gives up before the code that would lock the user, and saves nothing", async () => {
    const { terminal, dir, lastCode, server } = await eagleEye({ sms: "+351 900 000 779" });
    for (let tries = 1; tries <= 3; tries++) {
      await terminal.shows("A code was sent");
      await terminal.shows("Code");
      terminal.enter(wrong(lastCode()));
    }
    await terminal.shows("locks the user permanently at the fourth wrong code");
    expect(await terminal.ended()).toBe(3);
    expect(await profilesIn(dir)).toEqual({});
    expect(await leftoversIn(dir)).toEqual([]);
    expect(server.sessions).toBe(0);
  });

  test("is requested again after three wrong ones only if a person agrees", async () => {
    const { terminal, env, lastCode, server } = await eagleEye({ sms: "+351 900 000 779" });
    for (const left of ["2 tries left.", "1 try left.", "at the fourth wrong code"]) {
      await terminal.shows("Code (press");
      terminal.enter(wrong(lastCode()));
      await terminal.shows(left);
    }
    expect(await terminal.ended()).toBe(3);
    const sent = server.inbox.length;
    const args = ["login", "eagleeye", "-u", USERNAME];
    const refusing = vmsInTerminal(args, env);
    await refusing.shows("none of 3 codes. Another wrong code could lock the user.");
    await refusing.shows("Try more codes? (y/N)");
    refusing.enter();
    await refusing.shows("no code was sent");
    expect(await refusing.ended()).toBe(3);
    expect(server.inbox).toHaveLength(sent);
    const again = vmsInTerminal(args, env);
    await again.shows("Try more codes? (y/N)");
    again.enter("y");
    await again.shows("Code (press");
    again.enter(lastCode());
    await expectSignedIn(again, "Eagle Eye Networks");
  });
});

describe.runIf(hasTerminals)("a code of an authenticator app", () => {
  async function alta(more: Readonly<Record<string, string>> = {}) {
    const server = createAltaServer({ account: { username: USERNAME, password: PASSWORD, totpSecret: SECRET } });
    const url = await served(server);
    const dir = await home();
    const env = environment(dir, { VMS_ALTA_URL: url, VMS_ALTA_PASSWORD: PASSWORD, ...more });
    return { server, dir, env, terminal: vmsInTerminal(["login", "alta", "-u", USERNAME], env) };
  }

  test("is asked for again after a wrong one", async () => {
    const { server, terminal } = await alta();
    await terminal.shows("Code from your authenticator app:");
    terminal.enter("");
    await terminal.shows("Enter the code.");
    terminal.enter("1");
    await terminal.shows("Wrong code. 2 tries left.");
    await terminal.shows("Code from your authenticator app:");
    // In the format of authenticator apps.
    terminal.enter((await server.totpCode(USERNAME)).replace(/^(\d{3})/, "$1 "));
    await expectSignedIn(terminal, "Avigilon Alta Video");
    expect(server.sessions).toBe(1);
  });

  test("that was wrong three times can be tried again with the command in the hint, without a terminal", async () => {
    const { server, dir, env, terminal } = await alta();
    for (const left of ["2 tries left.", "1 try left.", "the vendor rejected"]) {
      await terminal.shows("Code from your authenticator app:");
      terminal.enter("1");
      await terminal.shows(left);
    }
    expect(await terminal.ended()).toBe(3);
    await writeProfiles(dir, { alta: { vendor: "alta", username: USERNAME, url: env.VMS_ALTA_URL } });
    const withSecret = { ...env, VMS_ALTA_TOTP: SECRET };
    const refused = await vms(["login", "alta"], withSecret);
    expect(refused.exit).toBe(3);
    const [, hint = ""] = /that this machine's clock is right, then try again: vms (.*)\n/.exec(refused.stderr) ?? [];
    expect(hint).toBe("renew alta");
    expect((await vms(hint.split(" "), withSecret)).exit).toBe(0);
    expect(server.sessions).toBe(1);
  });

  test("is removed from the screen", async () => {
    const { server, terminal } = await alta();
    await terminal.shows("Code from your authenticator app:");
    terminal.enter(await server.totpCode(USERNAME));
    await terminal.shows(/✔ Code from your authenticator app:\s*\n/);
    await expectSignedIn(terminal, "Avigilon Alta Video");
  });

  test("comes from the environment if its secret is set", async () => {
    const { server, terminal } = await alta({ VMS_ALTA_TOTP: SECRET });
    await expectSignedIn(terminal, "Avigilon Alta Video");
    expect(server.sessions).toBe(1);
    expect(terminal.text()).not.toContain("Code");
  });
});
