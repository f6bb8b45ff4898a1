import type { SecondFactorChallenge } from "@vms/core";
import { afterEach, beforeEach, expect, onTestFinished, test } from "vitest";
import { CANARIES } from "../src/canaries/answers.ts";
import { exercise, STORE_KEY } from "../src/canaries/exercise.ts";
import { rows } from "../src/canaries/targets.ts";
import { captureConsole } from "../src/capture-console.ts";
import { findLeak, printedForms } from "../src/leaks.ts";
import { spelledOut } from "../src/sign-ins/fixtures.ts";
import { unmarked } from "../src/sign-ins/marked-codes.ts";
import { serveFixture } from "../src/sign-ins/serve-fixture.ts";

// Guarantee 13 for all packages: searches everything that is thrown, emitted, passed to a prompt, printed or serialised for
// every secret: the password, its Basic form, every cookie, token, session id and code, a TOTP secret, and a face's video.

let printed: ReturnType<typeof captureConsole>;
beforeEach(() => {
  printed = captureConsole();
});
afterEach(() => printed.restore());

for (const row of rows) {
  test(`G13: ${row.name}: nothing thrown, emitted, prompted, printed or serialised contains a secret`, async () => {
    const fixture = row.open();
    const served = await serveFixture(fixture, row.passwordOptional);
    onTestFinished(() => served.close());
    const { secrets } = served;
    secrets.add(...CANARIES, "made-up-canary-wrong", ...spelledOut(STORE_KEY));

    const { seen, surprises } = await exercise(row, fixture, served);

    expect(surprises).toEqual([]);
    expect(secrets.all().size).toBeGreaterThan(8);
    expect(findLeak([...seen.map(printedForms), ...printed.lines].join("\n"), secrets.all())).toBe("");
    expect(fixture.human.codes.filter((code) => !secrets.all().has(code))).toEqual([]);
    expect(fixture.human.asked > 10).toBe(row.asks !== undefined);
  });
}

test("G13: a prompt for a code shows only the vendor's masked recipient", async () => {
  const row =
    rows.find(({ name }) => name === "Eagle Eye with a code by SMS") ?? expect.fail("there is no such sign-in");
  const fixture = row.open();
  const { baseUrl, close } = await serveFixture(fixture);
  onTestFinished(close);
  const through: typeof fetch = (input, init) => fetch(input, unmarked(init));
  await fixture.create({ baseUrl, credentials: fixture.server.account, fetch: through }).login();
  const [challenge] = fixture.human.told as readonly SecondFactorChallenge[];
  const { send, signal, ...rest } = challenge ?? expect.fail("nobody was asked");
  expect(rest).toEqual({
    vendor: "eagleeye",
    account: fixture.server.account.username,
    methods: [
      { type: "sms", hint: "*** *** 779" },
      { type: "email", hint: "****@mail.example" },
    ],
    attempt: 1,
    attemptsLeft: 3,
    sent: "sms",
  });
  expect(findLeak([challenge, send, signal].map(printedForms).join("\n"), fixture.secrets)).toBe("");
});
