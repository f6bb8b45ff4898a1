import { createAlertSiteSession } from "@vms/alertsite";
import { createAltaSession } from "@vms/alta";
import { unattended } from "@vms/core";
import { totp } from "@vms/core/totp";
import { createEagleEyeSession, type EagleEyeSession } from "@vms/eagleeye";
import { createAlertSiteServer, createEagleEyeServer } from "@vms/simulator";
import { marked } from "../ways/marks.ts";
import { altaScene, plainScene, type Scene, TOTP_SECRET, TOTP_URI } from "../ways/scenes.ts";
import { furtherWays, OTHER_ACCOUNT, plainWays, type Way } from "../ways/ways.ts";

/** A way of signing in that is searched for secrets. */
export interface Row extends Way {
  /** What else there is to look at, beside the session itself. */
  readonly more?: (session: ReturnType<Scene["create"]>) => readonly unknown[];
}

/** Answers as `totp()` does, with a mark on each code. What `totp()` gives is looked at as well. */
function altaWith(secret: string): Scene {
  const scene = altaScene();
  const { human } = scene;
  const secondFactor = unattended(async (challenge: Parameters<typeof human.secondFactor>[0]) => {
    // A new one each time: one and the same would wait for the next code, which is 30 s.
    const answerer = totp(secret);
    const { method, code } = await answerer(challenge);
    const given = marked(code, human.asked);
    human.note([answerer, challenge], given);
    return { method, code: given };
  });
  return { ...scene, create: (usual) => createAltaSession({ ...usual, secondFactor }) };
}

const like = (name: string, more: Partial<Row> & Pick<Row, "open">): Row => {
  const way = [...plainWays, ...furtherWays].find((one) => one.name === name);
  if (way === undefined) throw new Error(`no way is named ${name}`);
  return { ...way, ...more };
};

export const rows: readonly Row[] = [
  ...plainWays,
  ...furtherWays.map((way) => (way.name.startsWith("Eagle Eye") ? { ...way, more: elsewhere } : way)),
  like("Avigilon Alta, with a code by TOTP", {
    name: "Avigilon Alta, with totp() of a secret",
    open: () => altaWith(TOTP_SECRET),
  }),
  like("Avigilon Alta, with a code by TOTP", {
    name: "Avigilon Alta, with totp() of a URI",
    open: () => altaWith(TOTP_URI),
  }),
  like("Eagle Eye", {
    name: "Eagle Eye, the credential in the query",
    open: () =>
      plainScene(createEagleEyeServer(), (options) => createEagleEyeSession({ ...options, transport: "query" })),
  }),
  like("AlertSite", {
    name: "AlertSite, the credential in the query",
    open: () =>
      plainScene(createAlertSiteServer(), (options) => createAlertSiteSession({ ...options, transport: "query" })),
  }),
];

function elsewhere(session: ReturnType<Scene["create"]>): readonly unknown[] {
  return [(session as EagleEyeSession).switchAccount(OTHER_ACCOUNT)];
}
