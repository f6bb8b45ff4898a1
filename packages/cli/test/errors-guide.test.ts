import { chmod, mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { isVmsError, type Session } from "@vms/core";
import {
  type Clock,
  createAltaServer,
  createClock,
  createEagleEyeServer,
  type ScriptedAnswer,
  type VendorServer,
} from "@vms/simulator";
import { describe, expect, test } from "vitest";
import { describeError } from "../src/error-messages/describe-error.ts";
import { vendors } from "../src/profiles/vendors.ts";
import { writeProfiles } from "./support/profile-fixture.ts";
import { environment, home, vms } from "./support/run-vms.ts";
import { served } from "./support/simulated-vendors.ts";

const GUIDE = join(import.meta.dirname, "../../../docs/guides/errors.md");

/** What `vms` prints about an error, and its exit status. */
interface Shown {
  readonly exit: number | null;
  readonly text: string;
}

/** How a run of `vms` differs from a call that succeeds. */
interface Scene {
  readonly args?: readonly string[];
  readonly server?: VendorServer;
  readonly script?: ScriptedAnswer;
  readonly profile?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
  /** Whether other users can write to the directory of the sessions. */
  readonly isShared?: true;
}

const CALL = ["api", "alta", "api/v1/alarmZones"];
const withApp = { account: { username: "ada", password: "made-up", totpSecret: "JBSWY3DPEHPK3PXP" } };
const wrong = { VMS_ALTA_PASSWORD: "made-up-wrong" };
const eagleEye = (script: ScriptedAnswer): Scene => ({
  args: ["api", "eagleeye", "g/user"],
  server: createEagleEyeServer(),
  script,
});
const headers = { "retry-after": "120" };

const CASES: readonly (readonly [code: string, show: () => Promise<Shown>])[] = [
  ["invalid_options", () => run({ profile: { options: { idleTimeout: "soon" } } })],
  ["insecure_transport", () => run({ profile: { url: "http://vms.acme.example" } })],
  ["origin_not_allowed", () => run({ args: ["api", "alta", "https://other.example/list"] })],
  ["session_closed", () => thrownBy(callAfterLogout)],
  ["invalid_credentials", () => run({ env: wrong })],
  ["invalid_credentials", () => run({ env: wrong, args: ["login", "alta"] })],
  ["account_unavailable", () => run(eagleEye({ status: 465 }))],
  ["second_factor_required", () => run({ server: createAltaServer(withApp) })],
  ["second_factor_rejected", () => thrownBy((session) => session.login(), withApp)],
  ["invalid_request", () => run(eagleEye({ status: 400 }))],
  ["rate_limited", () => run({ script: { status: 429, headers } })],
  ["login_limited", () => thrownBy(loginsInARow)],
  ["vendor_unavailable", () => run({ script: { times: 3, drop: "before-headers" } })],
  ["vendor_unavailable", () => run({ script: { status: 503, headers } })],
  ["unexpected_response", () => run(eagleEye({ headers: { "content-type": "text/html" }, body: "<html>" }))],
  ["store_failed", () => run({ args: ["login", "alta"], isShared: true })],
];

/** Runs `vms` with a profile of a simulated vendor. Addresses and folders are replaced by those of the page. */
async function run({ args = CALL, server = createAltaServer(), script, ...more }: Scene): Promise<Shown> {
  const { vendor, account } = server;
  const url = await served(server);
  const folder = await home();
  const sessions = join(folder, "cli-sessions");
  await writeProfiles(folder, { [vendor]: { vendor, username: account.username, url, ...more.profile } });
  if (more.isShared) {
    await mkdir(sessions);
    await chmod(sessions, 0o777);
  }
  if (script !== undefined) server.script(script);
  const password = { [`VMS_${vendor.toUpperCase()}_PASSWORD`]: account.password };
  const { exit, stderr } = await vms(args, environment(folder, { ...password, ...more.env }));
  const host = vendor === "eagleeye" ? "login.eagleeyenetworks.com" : "acme.eu.alta.avigilon.com";
  const text = stderr
    .replaceAll(url, `https://${host}`)
    .replaceAll(new URL(url).host, host)
    .replaceAll(sessions, "~/.local/share/vms/cli-sessions")
    .replaceAll(folder, "~/.config/vms");
  return { exit, text };
}

/** Describes the error of a session as `vms` does. For errors that a run of `vms` shows only after a minute or to a person. */
async function thrownBy(
  act: (session: Session, clock: Clock) => Promise<unknown>,
  account: Parameters<typeof createAltaServer>[0] = {},
): Promise<Shown> {
  const server = createAltaServer({ clock: createClock(Date.parse("2030-01-01")), ...account });
  const { baseUrl, account: credentials, fetch, clock } = server;
  const session = await vendors.alta.create({
    baseUrl,
    credentials,
    fetch,
    now: clock.now,
    lifetime: 1_000,
    loginBudget: { atOnce: 1, perMinute: 1 },
    secondFactor: () => ({ method: "totp", code: "000000" }),
  });
  const error = await act(session, clock).catch((reason: unknown) => reason);
  if (!isVmsError(error)) throw new Error("The session did not throw an error of @vms.");
  const { exit, message, hint } = describeError(error, undefined);
  return { exit, text: `vms: ${message}\n${hint}\n`.replace("<profile>", "alta") };
}

async function callAfterLogout(session: Session): Promise<unknown> {
  await session.logout();
  return session.fetch("api/v1/alarmZones");
}

async function loginsInARow(session: Session, clock: Clock): Promise<unknown> {
  for (;;) {
    await session.login();
    clock.advance(1_000);
  }
}

const BLOCK = /```text\nvms: [\s\S]*?```\n/g;

// `vitest run test/errors-guide.test.ts --update` writes the page. Windows has other folders and no modes.
describe.skipIf(process.platform === "win32")("errors.md", () => {
  test("shows what vms prints for each code, and the exit status", async () => {
    const sections = (await readFile(GUIDE, "utf8")).split(/^(?=## )/m);
    const page: string[] = [];
    for (const section of sections) {
      const code = /^## ([a-z_]+)\n/.exec(section)?.[1];
      const shown: Shown[] = [];
      for (const [of, show] of CASES) if (of === code) shown.push(await show());
      const [first] = shown;
      expect([code, section.match(BLOCK)?.length ?? 0]).toEqual([code, shown.length]);
      const statuses = section.replace(/(?<=\*\*On the command line\*\* \(exit status )\d+/, String(first?.exit));
      page.push(statuses.replace(BLOCK, () => `\`\`\`text\n${shown.shift()?.text}\`\`\`\n`));
    }
    await expect(page.join("")).toMatchFileSnapshot(GUIDE);
  });

  test("has what vms prints for each code", async () => {
    const codes = [...(await readFile(GUIDE, "utf8")).matchAll(/^## ([a-z_]+)$/gm)].map(([, code]) => code);
    expect([...new Set(CASES.map(([code]) => code))]).toEqual(codes);
  });
});
