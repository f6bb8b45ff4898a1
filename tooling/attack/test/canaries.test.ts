import type { SecondFactorChallenge } from "@vms/core";
import { afterEach, beforeEach, expect, onTestFinished, test } from "vitest";
import { rows } from "../src/canaries/rows.ts";
import { CANARIES } from "../src/canaries/scripts.ts";
import { STORE_KEY, walk } from "../src/canaries/walk.ts";
import { catchPrinted } from "../src/printed.ts";
import { leakIn, shown } from "../src/shown.ts";
import { unmarked } from "../src/ways/marks.ts";
import { spelledOut } from "../src/ways/scenes.ts";
import { serveScene } from "../src/ways/served.ts";

// Law 13, over all packages at once: whatever can be thrown, emitted, told, printed or serialised is searched for every
// secret that travelled: the password, its Basic form, every cookie, token, session id and code, and for those that never
// do: a TOTP secret, and what is in the video of a face.

let printed: ReturnType<typeof catchPrinted>;
beforeEach(() => {
  printed = catchPrinted();
});
afterEach(() => printed.restore());

for (const row of rows) {
  test(`L13: ${row.name}: nothing that is thrown, emitted, told, printed or serialised holds a secret`, async () => {
    const scene = row.open();
    const served = await serveScene(scene, row.passwordless);
    onTestFinished(() => served.close());
    const { secrets } = served;
    secrets.add(...CANARIES, "made-up-canary-wrong", ...spelledOut(STORE_KEY));

    const { seen, surprises } = await walk(row, scene, served);

    expect(surprises).toEqual([]);
    expect(secrets.all().size).toBeGreaterThan(8);
    expect(leakIn([...seen.map(shown), ...printed.lines].join("\n"), secrets.all())).toBe("");
    expect(scene.human.codes.filter((code) => !secrets.all().has(code))).toEqual([]);
    expect(scene.human.asked > 10).toBe(row.asks !== undefined);
  });
}

test("L13: a human who is asked for a code is told where it goes as the vendor masks it, and no more", async () => {
  const row = rows.find(({ name }) => name === "Eagle Eye, with a code by SMS") ?? expect.fail("it is gone");
  const scene = row.open();
  const { baseUrl, close } = await serveScene(scene);
  onTestFinished(close);
  const through: typeof fetch = (input, init) => fetch(input, unmarked(init));
  await scene.create({ baseUrl, credentials: scene.server.account, fetch: through }).login();
  const [challenge] = scene.human.told as readonly SecondFactorChallenge[];
  const { send, signal, ...rest } = challenge ?? expect.fail("nobody was asked");
  expect(rest).toEqual({
    vendor: "eagleeye",
    account: scene.server.account.username,
    methods: [
      { type: "sms", hint: "*** *** 779" },
      { type: "email", hint: "****@mail.example" },
    ],
    attempt: 1,
    sent: "sms",
  });
  expect(leakIn([challenge, send, signal].map(shown).join("\n"), scene.secrets)).toBe("");
});
