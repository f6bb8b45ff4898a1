import { createAlertSiteSession } from "@vms/alertsite";
import { createAltaSession } from "@vms/alta";
import { nonInteractive } from "@vms/core";
import { totp } from "@vms/core/totp";
import { createEagleEyeSession, type EagleEyeSession } from "@vms/eagleeye";
import { createAlertSiteServer, createEagleEyeServer } from "@vms/simulator";
import { altaFixture, type Fixture, plainFixture, TOTP_SECRET, TOTP_URI } from "../sign-ins/fixtures.ts";
import { marked } from "../sign-ins/marked-codes.ts";
import { furtherSignIns, OTHER_ACCOUNT, plainSignIns, type SignIn } from "../sign-ins/sign-ins.ts";

/** A sign-in that is searched for leaked secrets. */
export interface Row extends SignIn {
  /** Other values to search besides the session. */
  readonly more?: (session: ReturnType<Fixture["create"]>) => readonly unknown[];
}

/** Behaves like `totp()`, with marked codes. The search includes the function that `totp()` returns. */
function altaWith(secret: string): Fixture {
  const fixture = altaFixture();
  const { human } = fixture;
  const secondFactor = nonInteractive(async (challenge: Parameters<typeof human.secondFactor>[0]) => {
    // A new function each time: the same one would wait up to 30 s for the next code.
    const answerer = totp(secret);
    const { method, code } = await answerer(challenge);
    const given = marked(code, human.asked);
    human.note([answerer, challenge], given);
    return { method, code: given };
  });
  return { ...fixture, create: (usual) => createAltaSession({ ...usual, secondFactor }) };
}

const like = (name: string, more: Partial<Row> & Pick<Row, "open">): Row => {
  const signIn = [...plainSignIns, ...furtherSignIns].find((one) => one.name === name);
  if (signIn === undefined) throw new Error(`there is no sign-in ${name}`);
  return { ...signIn, ...more };
};

export const rows: readonly Row[] = [
  ...plainSignIns,
  ...furtherSignIns.map((signIn) => (signIn.name.startsWith("Eagle Eye") ? { ...signIn, more: elsewhere } : signIn)),
  like("Avigilon Alta with a TOTP code", {
    name: "Avigilon Alta with totp() of a secret",
    open: () => altaWith(TOTP_SECRET),
  }),
  like("Avigilon Alta with a TOTP code", {
    name: "Avigilon Alta with totp() of a URI",
    open: () => altaWith(TOTP_URI),
  }),
  like("Eagle Eye Networks", {
    name: "Eagle Eye with the credential in the query",
    open: () =>
      plainFixture(createEagleEyeServer(), (options) => createEagleEyeSession({ ...options, transport: "query" })),
  }),
  like("SmartBear AlertSite", {
    name: "AlertSite with the credential in the query",
    open: () =>
      plainFixture(createAlertSiteServer(), (options) => createAlertSiteSession({ ...options, transport: "query" })),
  }),
];

function elsewhere(session: ReturnType<Fixture["create"]>): readonly unknown[] {
  return [(session as EagleEyeSession).switchAccount(OTHER_ACCOUNT)];
}
