import type { SimulatorOptions } from "@vms/simulator";

/** An example of a README that takes something for granted, and what that is. */
export interface Example {
  /** The package, as its directory is called. */
  readonly of: string;
  /** A text that occurs only in this example of the README. */
  readonly with: string;
  /** Code before it in the program, which the README has only in words. */
  readonly before: string;
  /** Code after it, so that it has a visible result. */
  readonly after: string;
  /** What is printed. */
  readonly prints: RegExp;
  /** What the vendor is like. */
  readonly vendor?: SimulatorOptions;
}

/** What a video of the face holds that the simulator knows. */
export const FACE = "the operator's face";

/** Made up, in base32. */
export const TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";

/** Where the example with a path has its video; it is put somewhere else. */
export const VIDEO_PATH = "/run/faces/operator.mp4";

/** Where the example with a file has its credentials; they are put somewhere else, readable by this user only. */
export const CREDENTIALS_PATH = "/run/secrets/alta.json";

const alta = `
const { VMS_ALTA_URL: baseUrl = "", VMS_ALTA_USERNAME: username = "", VMS_ALTA_PASSWORD: password = "" } = process.env;
const credentials = { username, password };
`;

const findface = `
import { nonInteractive } from "@vms/core";
import { createFindFaceSession } from "@vms/findface";
const { VMS_FINDFACE_URL: baseUrl = "", VMS_FINDFACE_USERNAME: username = "" } = process.env;
const { VMS_FINDFACE_PASSWORD: password = "" } = process.env;
const film = async (..._: unknown[]) => new Blob([${JSON.stringify(FACE)}], { type: "video/webm" });
const camera = { record: film, snapshot: film };
`;
const findfaceSession = `${findface}
const session = createFindFaceSession({ baseUrl, credentials: { username, password } });
`;
const me = `
const { name } = await session.http.get("users/me/").json<{ name: string }>();
console.log("hello", name);
await session.logout();
`;

/** The further examples of the vendors' READMEs. The first one is a complete program. */
export const examples: readonly Example[] = [
  {
    of: "core",
    with: 'from "@vms/core/totp"',
    before: alta,
    after: `\nconsole.log((await session.fetch("api/v1/alarmZones")).status);\nawait session.logout();\n`,
    prints: /^200$/,
    vendor: { alta: { account: { username: "robin", password: "made-up", totpSecret: TOTP_SECRET } } },
  },
  {
    of: "core",
    with: "const secondFactor: SecondFactor",
    before: `const terminal = { question: async (text: string, _: object) => { console.log(text); return "4711"; } };\n`,
    after: `
const challenge = { vendor: "alta", account: "robin", attempt: 1, attemptsLeft: 3, send: async () => {}, signal: AbortSignal.timeout(9) };
console.log(await secondFactor({ ...challenge, methods: [{ type: "sms", hint: "*** 779" }], sent: "sms" }));
console.log(await secondFactor({ ...challenge, methods: [{ type: "totp" }] }));
`,
    prints:
      /^The code of \*\*\* 779: \n\{ method: 'sms', code: '4711' \}\nThe code of your app: \n\{ method: 'totp', code: '4711' \}$/,
  },
  {
    of: "core",
    with: "credentialsFromFile(",
    before: `import { createAltaSession } from "@vms/alta";
${alta}
const secretManager = { read: async (_: string) => JSON.stringify(credentials) };
`,
    after: `
const open = [session, ...[fromFile, fromManager].map((source) => createAltaSession({ baseUrl, credentials: source }))];
for (const one of open) {
  console.log((await one.fetch("api/v1/alarmZones")).status);
  await one.logout();
}
`,
    prints: /^200\n200\n200$/,
  },
  {
    of: "core",
    with: "sessionEndedOn: {",
    before: `
import { createAltaSession } from "@vms/alta";
const { VMS_ALTA_URL: baseUrl = "", VMS_ALTA_USERNAME: username = "", VMS_ALTA_PASSWORD: password = "" } = process.env;
const credentials = { username, password };
const createAcmeSession = (options: Omit<Parameters<typeof createAltaSession>[0], "baseUrl">) =>
  createAltaSession({ baseUrl, ...options });
`,
    after: `\nconsole.log((await session.fetch("api/v1/alarmZones")).status);\nawait session.logout();\n`,
    prints: /^200$/,
  },
  {
    of: "core",
    with: "sessionPool(",
    before: `${alta}\nconst customerOf = (_: string) => ({ baseUrl, username, password });\n`,
    after: "",
    prints: /^200 live$/,
  },
  {
    of: "alta",
    with: "totp(process.env.VMS_ALTA_TOTP",
    before: `
import { createAltaSession } from "@vms/alta";
const { VMS_ALTA_URL = "", VMS_ALTA_USERNAME = "", VMS_ALTA_PASSWORD = "" } = process.env;
`,
    after: `
console.log("zones", (await session.http.get("api/v1/alarmZones").json<unknown[]>()).length);
await session.logout();
`,
    prints: /^zones 3$/,
    vendor: { alta: { account: { username: "robin", password: "made-up", totpSecret: TOTP_SECRET } } },
  },
  {
    of: "findface",
    with: VIDEO_PATH,
    before: findface,
    after: me,
    prints: /^hello operator$/,
    vendor: { findface: { mode: "face" } },
  },
  {
    of: "findface",
    with: "camera.record(",
    before: findface,
    after: me,
    prints: /^hello operator$/,
    vendor: { findface: { mode: "face_or_password" } },
  },
  {
    of: "findface",
    with: "camera.snapshot(",
    before: findface,
    after: me,
    prints: /^hello operator$/,
    vendor: { findface: { mode: "face_and_password" } },
  },
  {
    of: "findface",
    with: "session.sessions.list()",
    before: findfaceSession,
    after: `\nconsole.log(all.length, idle.length);\nawait session.logout();\n`,
    prints: /^1 0$/,
  },
  {
    of: "findface",
    with: "socket.send(",
    before: `${findfaceSession}\nconst socket = { send: console.log };\n`,
    after: "",
    prints: /^\{"type":"auth","data":\{"token":"[0-9a-f]{32,}","msg_groups":\[\]\}\}$/,
  },
  {
    of: "eagleeye",
    with: "session.isAuthenticated()",
    before: `
import { createEagleEyeSession } from "@vms/eagleeye";
const { VMS_EAGLEEYE_URL: baseUrl, VMS_EAGLEEYE_USERNAME = "", VMS_EAGLEEYE_PASSWORD = "" } = process.env;
const credentials = { username: VMS_EAGLEEYE_USERNAME, password: VMS_EAGLEEYE_PASSWORD };
const session = createEagleEyeSession({ baseUrl, credentials });
await session.login();
`,
    after: `\nconsole.log("alive", alive);\n`,
    prints: /^alive true$/,
  },
  {
    of: "admin-token",
    with: "session.whoAmI()",
    before: `
import { createAdminTokenSession } from "@vms/admin-token";
const { VMS_ADMIN_TOKEN_URL: baseUrl = "", VMS_ADMIN_TOKEN_USERNAME: username = "" } = process.env;
const { VMS_ADMIN_TOKEN_PASSWORD: password = "" } = process.env;
const session = createAdminTokenSession({ baseUrl, credentials: { username, password } });
`,
    after: `\nconsole.log(login === username, permissions.length > 0);\n`,
    prints: /^true true$/,
  },
];

/** The examples that a test of their own package runs, by the same kind of text. */
export const runElsewhere: readonly Pick<Example, "of" | "with">[] = [
  { of: "eagleeye", with: "terminal.question(" }, // packages/eagleeye/test/readme.test.ts: a human types the code
  { of: "eagleeye", with: "session.switchAccount(" }, // the same
];
