import { createAlertSiteSession } from "@vms/alertsite";
import { createEagleEyeSession } from "@vms/eagleeye";
import { createFindFaceSession } from "@vms/findface";
import { createAlertSiteServer, createEagleEyeServer, createFindFaceServer } from "@vms/simulator";
import { expect, test } from "vitest";
import { captureConsole } from "../src/capture-console.ts";
import { findLeak, printedForms } from "../src/leaks.ts";

// Found by fuzzing: vendors that quote a secret in an unexpected place.

const failed = (run: Promise<unknown>) =>
  run.then(
    () => expect.fail("it should have failed"),
    (error: unknown) => error,
  );

test("G13: Eagle Eye: a Set-Cookie line with an unreadable attribute is not printed", async () => {
  const server = createEagleEyeServer();
  const { baseUrl, account, fetch } = server;
  const cookie = "videobank_sessionid=made-up-canary; Max-Age=soon; value=made-up-canary";
  server.script({ headers: { "set-cookie": cookie }, when: ({ path }) => path.endsWith("/authorize") });
  const printed = captureConsole();
  try {
    await createEagleEyeSession({ baseUrl, credentials: account, fetch }).login();
  } finally {
    printed.restore();
  }
  expect(printed.lines).toEqual([]);
});

test("G13: FindFace: a failed renewal does not show the live session's token that it quotes", async () => {
  const server = createFindFaceServer();
  const { baseUrl, account, fetch } = server;
  const session = createFindFaceSession({ baseUrl, credentials: account, fetch });
  const token = (await session.authorization()).headers.authorization?.replace("Token ", "") ?? "";
  server.script({ status: 400, body: JSON.stringify({ code: "BAD_PARAM", desc: `${token} is open already` }) });
  const error = await failed(session.renew());
  expect(error).toMatchObject({ code: "invalid_request" });
  expect(findLeak(printedForms(error), [token])).toBe("");
});

test("G13: AlertSite: a failed renewal does not show the live session's id that it quotes", async () => {
  const server = createAlertSiteServer();
  const { baseUrl, account, fetch } = server;
  const session = createAlertSiteSession({ baseUrl, credentials: account, fetch, transport: "query" });
  const id = (await session.authorization()).searchParams.session ?? "";
  server.script({ body: JSON.stringify({ metadata: { status: "65", message: `session ${id} is open already` } }) });
  const error = await failed(session.renew());
  expect(error).toMatchObject({ code: "invalid_request" });
  expect(findLeak(printedForms(error), [id])).toBe("");
});

test("G13: FindFace: a response key that equals the password does not appear in a path", async () => {
  const server = createFindFaceServer();
  const { baseUrl, account, fetch } = server;
  const user = { watch_list_permissions: { [account.password]: 5 } };
  server.script({ body: JSON.stringify({ token: "made-up-token", user, token_expiration_datetime: "x" }) });
  const error = await failed(createFindFaceSession({ baseUrl, credentials: account, fetch }).login());
  expect(error).toMatchObject({ code: "unexpected_response" });
  expect(findLeak(printedForms(error), [account.password])).toBe("");
});

test("G13: Eagle Eye: a masked recipient does not show the password that it quotes", async () => {
  const server = createEagleEyeServer();
  const { baseUrl, account, fetch } = server;
  const hints = { sms: account.password };
  server.script({ body: JSON.stringify({ token: "made-up-token", two_factor_authentication_code: hints }) });
  const error = await failed(createEagleEyeSession({ baseUrl, credentials: account, fetch }).login());
  expect(error).toMatchObject({ code: "second_factor_required" });
  expect(findLeak(printedForms(error), [account.password])).toBe("");
});
