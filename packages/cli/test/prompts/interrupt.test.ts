import { createAltaServer, createEagleEyeServer } from "@vms/simulator";
import { describe, expect, test } from "vitest";
import {
  CTRL_C,
  CTRL_D,
  hasTerminals,
  isRestored,
  type TestTerminal,
  vmsInShell,
  vmsInTerminal,
} from "../support/run-in-terminal.ts";
import { environment, home, vms } from "../support/run-vms.ts";
import { filesIn, leftoversIn, profilesIn, served, until } from "../support/simulated-vendors.ts";

const account = { username: "night@acme.example", password: "quiet-harbour-31" };

/** Runs `vms login` up to one of its prompts. */
interface Way {
  readonly at: string;
  readonly go: () => Promise<{ terminal: TestTerminal; dir: string; sessions: () => number }>;
}

async function alta(args: readonly string[] = [], totpSecret?: string, run = vmsInShell) {
  const server = createAltaServer({ account: { ...account, totpSecret } });
  const url = await served(server);
  const dir = await home();
  const env = environment(dir);
  const terminal = run(["login", ...args.map((arg) => (arg === "<url>" ? url : arg))], env);
  return { terminal, dir, env, server, sessions: () => server.sessions };
}

const NAMED = ["alta", "--url", "<url>", "-u", account.username];

const ways: readonly Way[] = [
  { at: "Where do you want to sign in?", go: () => alta() },
  { at: "URL of Avigilon Alta Video", go: () => alta(["alta"]) },
  { at: "User name at Avigilon Alta Video", go: () => alta(["alta", "--url", "<url>"]) },
  { at: "Password of", go: () => alta(NAMED) },
  {
    at: "Code from your authenticator app",
    async go() {
      const all = await alta(NAMED, "JBSWY3DPEHPK3PXP");
      await all.terminal.shows("Password of");
      all.terminal.enter(account.password);
      return all;
    },
  },
  {
    at: "Send a new code",
    async go() {
      const secondFactor = { sms: "+351 900 000 779", email: "night@acme.example" };
      const server = createEagleEyeServer({ account: { ...account, secondFactor } });
      const dir = await home();
      const env = environment(dir, { VMS_EAGLEEYE_PASSWORD: account.password });
      const args = ["login", "eagleeye", "--url", await served(server), "-u", account.username];
      const terminal = vmsInShell(args, env);
      await terminal.shows("press Enter for a new one");
      terminal.enter();
      return { terminal, dir, sessions: () => server.sessions };
    },
  },
];

describe.runIf(hasTerminals).each(ways)("at the prompt $at", ({ at, go }) => {
  test.each([
    ["Ctrl-C", CTRL_C],
    ["Ctrl-D", CTRL_D],
  ])("%s exits with 130, restores the terminal and saves nothing", async (_, key) => {
    const { terminal, dir, sessions } = await go();
    await terminal.shows(at);
    // Ctrl-C works after a partial answer; Ctrl-D ends an empty line.
    if (key === CTRL_C && !at.includes("?") && !at.startsWith("Send")) terminal.type("half-typed");
    terminal.type(key);
    await terminal.shows("Cancelled. Nothing was stored.");
    await terminal.shows("[exit 130]");
    await terminal.ended();
    expect(isRestored(terminal)).toBe(true);
    expect(terminal.text()).not.toMatch(/\n\s+at |Error|unsettled/);
    expect(await profilesIn(dir)).toEqual({});
    expect(await leftoversIn(dir)).toEqual([]);
    expect((await filesIn(dir)).filter((path) => path.endsWith(".session"))).toEqual([]);
    expect(sessions()).toBe(0);
  });
});

describe.runIf(hasTerminals)("while waiting for the vendor", () => {
  test("Ctrl-C ends the sign-in and releases the lock", async () => {
    const { terminal, dir, env, server } = await alta(NAMED);
    const release = Promise.withResolvers<void>();
    server.script({ when: ({ path }) => path.endsWith("dologin"), delay: release.promise });
    await terminal.shows("Password of");
    terminal.enter(account.password);
    await until(() => server.requests.some(({ path }) => path.endsWith("dologin")));
    terminal.type(CTRL_C);
    await terminal.shows("[exit 130]");
    await terminal.ended();
    release.resolve();
    expect(isRestored(terminal)).toBe(true);
    expect(await profilesIn(dir)).toEqual({});
    expect(await leftoversIn(dir)).toEqual([]);
    const [, , url = "", , username = ""] = NAMED.map((arg) => (arg === "<url>" ? urlOf(server) : arg));
    const next = await vms(["login", "alta", "--url", url, "-u", username, "--password-stdin"], env, account.password);
    expect(next.exit).toBe(0);
  });
});

describe.runIf(hasTerminals)("at the prompt for a code, with the lock held", () => {
  async function atCode() {
    const all = await alta(NAMED, "JBSWY3DPEHPK3PXP", vmsInTerminal);
    await all.terminal.shows("Password of");
    all.terminal.enter(account.password);
    await all.terminal.shows("Code from your authenticator app");
    expect(await leftoversIn(all.dir)).not.toEqual([]);
    return all;
  }

  test("SIGTERM releases the lock and ends the incomplete session", async () => {
    const { terminal, dir, sessions } = await atCode();
    terminal.signal("SIGTERM");
    expect(await terminal.ended()).toBe(143);
    expect(await leftoversIn(dir)).toEqual([]);
    expect(sessions()).toBe(0);
    expect(terminal.raw().lastIndexOf("\x1b[?25h")).toBeGreaterThan(terminal.raw().lastIndexOf("\x1b[?25l"));
  });

  test("closing the window does the same", async () => {
    const { terminal, dir, sessions } = await atCode();
    terminal.close();
    await until(async () => (await leftoversIn(dir)).length === 0 && sessions() === 0);
    expect(await profilesIn(dir)).toEqual({});
  });
});

function urlOf(server: { readonly requests: readonly { readonly url: string }[] }): string {
  return new URL(server.requests[0]?.url ?? "").origin;
}
