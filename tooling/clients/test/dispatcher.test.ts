import { createAltaSession } from "@vms/alta";
import createClient from "openapi-fetch";
import { expect, onTestFinished, test } from "vitest";
import { startVendor } from "./vendor.ts";

/** Node's dispatcher with a counter. */
function countingDispatcher() {
  let count = 0;
  return {
    get count() {
      return count;
    },
    dispatch(...args: unknown[]) {
      count += 1;
      const own = (globalThis as Record<symbol, unknown>)[Symbol.for("undici.globalDispatcher.1")];
      return (own as { dispatch(...args: unknown[]): boolean }).dispatch(...args);
    },
  };
}

async function start() {
  const vendor = await startVendor();
  const session = createAltaSession({ baseUrl: vendor.origin, credentials: vendor.simulator.account });
  onTestFinished(() => session.close());
  await session.login();
  vendor.simulator.revokeAll();
  return { vendor, session, dispatcher: countingDispatcher() };
}

test("the dispatcher of a Request is used for the call and for its resend", async () => {
  const { vendor, session, dispatcher } = await start();
  const init = { method: "POST", body: "made up", dispatcher } as RequestInit;
  const response = await session.fetch(new Request(`${vendor.origin}/echo`, init));
  expect(response.status).toBe(200);
  expect(vendor.calls.map(({ status }) => status)).toEqual([401, 200]);
  expect(dispatcher.count).toBe(2);
});

test("the dispatcher of openapi-fetch's `requestInitExt` is used for the call and for its resend", async () => {
  const { vendor, session, dispatcher } = await start();
  const options = { baseUrl: vendor.origin, fetch: session.fetch, requestInitExt: { dispatcher } };
  const client = createClient<{ "/echo": { post: { requestBody: object; responses: object } } }>(options);
  const { response } = await client.POST("/echo", { body: { name: "made up" } as never });
  expect(response.status).toBe(200);
  expect(vendor.calls.map(({ status }) => status)).toEqual([401, 200]);
  expect(dispatcher.count).toBe(2);
});
